package org.ehrhub.adapters;

import java.util.Optional;
import org.ehrhub.tools.CallContext;

/**
 * Does one write on one EHR. {@code handle} sends it at most once and stores {@link CallContext#writeKey()} with it where
 * the EHR has a place for that; when it cannot tell whether the EHR did it, it fails with {@code OUTCOME_UNKNOWN}.
 */
public interface WriteHandler<I extends Record, O extends Record> extends ToolHandler<I, O> {
    /**
     * What an earlier try under this key did, as the EHR holds it now: a search, never a write. Called before a try is
     * repeated and after an unknown outcome, so empty means that the hub may write again.
     *
     * @return empty when the EHR was asked and shows no sign of the earlier try
     * @throws EhrFailure when that cannot be told: the EHR does not answer, or has no way to look
     */
    Optional<O> reconcile(I input, String key, CallContext call);

    /**
     * The version of the record that the write would change, to bind an approval to it: a read, never a write.
     *
     * @return empty when nothing that exists would change, or the EHR has no versions
     */
    Optional<String> currentVersion(I input, CallContext call);
}

package org.ehrhub.policy;

import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.jspecify.annotations.Nullable;

/** Says whether a person has approved exactly this call. */
@FunctionalInterface
public interface Approval {
    /** No call is approved: what holds while the hub has no one to ask, so a write that needs approval is refused. */
    Approval NONE = (caller, tool, digest, approvalId) -> false;

    /**
     * Whether it is approved.
     *
     * @param digest the digest of the tool and its arguments, whose references name EHR and record
     * @param approvalId what the caller was given for the approval
     */
    boolean covers(Caller caller, CanonicalTool<?, ?> tool, String digest, @Nullable String approvalId);
}

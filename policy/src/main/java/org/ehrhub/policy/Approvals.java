package org.ehrhub.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls that people were asked to approve, and what they said; each approval lets exactly one call through. */
public interface Approvals {
    /**
     * Asks for an approval.
     *
     * @return its id, which nobody can guess
     */
    String ask(Question question);

    /** An approval as it stands; empty when there is none of this id. */
    Optional<Held> find(String id);

    /** Those that wait for a decision, the oldest first. */
    List<Held> waiting();

    /**
     * Notes what a person decided.
     *
     * @param decidedBy the principal who decided
     * @return false when it was not waiting any more: decided, or out of time
     */
    boolean decide(String id, boolean approved, String decidedBy);

    /**
     * Uses an approval up, for one call of the principal who asked and of exactly these arguments. Of any number of callers at
     * once, on any number of hubs, one is told true.
     *
     * @return false when it does not cover the call, was not approved, was used or is out of time
     */
    boolean take(String id, String digest, String principal);

    /**
     * What is asked.
     *
     * @param digest the digest of the tool, its arguments and the versions of the records they name
     * @param principal who wants to make the call
     * @param tool the tool
     * @param preview what a person is shown; may be of a chart
     * @param expires until when it can be decided and used
     */
    record Question(String digest, String principal, String tool, String preview, Instant expires) {}

    /**
     * An approval as it stands.
     *
     * @param id its id
     * @param question what was asked
     * @param state where it stands
     * @param decidedBy who decided
     */
    record Held(
            String id,
            Question question,
            State state,
            @Nullable String decidedBy) {}

    /** Where an approval stands. */
    enum State {
        /** Nobody has decided. */
        ASKED,
        /** It can be used, once. */
        APPROVED,
        /** It was refused. */
        REJECTED,
        /** A call was made with it. */
        USED,
        /** Its time was over before it was used. */
        EXPIRED
    }
}

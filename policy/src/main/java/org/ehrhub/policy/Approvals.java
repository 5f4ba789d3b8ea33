package org.ehrhub.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls that people were asked to approve, and what they said; each approval lets exactly one write through. */
public interface Approvals {
    /** So many questions of one principal may wait at once: who is asked too much approves without reading. */
    int MOST_WAITING = 50;

    /**
     * Asks for an approval. As long as the same question waits, or is approved and not used yet, it is not asked again.
     *
     * @return the approval with its id, which nobody can guess; empty when {@link #MOST_WAITING} of this principal wait
     */
    Optional<Held> ask(Question question);

    /** An approval as it stands; empty when there is none of this id. */
    Optional<Held> find(String id);

    /** Those that wait for a decision, the oldest first. */
    List<Held> waiting();

    /**
     * Notes what a person decided.
     *
     * @return false when it was not waiting any more: decided, or out of time
     */
    boolean decide(String id, Verdict verdict);

    /**
     * Uses an approval up, for one write of the principal who asked and of exactly this digest. Of any number of writes at
     * once, on any number of hubs, one is told true; and that one again, as long as there is time, because the ledger sees to
     * it that a write of one key is made once at most.
     *
     * @param writeKey the hub's key of the write ({@link IdempotencyLedger#key})
     * @return false when it does not cover the call, was not approved, was used by another write or is out of time
     */
    boolean take(String id, String digest, String principal, String writeKey);

    /**
     * What is asked.
     *
     * @param digest the digest of the tool, its arguments, its EHR and patient, the version of the record that would change,
     *     and the program that calls
     * @param principal who wants to make the call
     * @param actor who would make it in the principal's name, together with who vouches for it; absent where nobody else does
     * @param tool the tool
     * @param ehr the EHR it goes to
     * @param need who has to approve
     * @param preview what a person is shown; may be of a chart
     * @param expires until when it can be decided and used
     */
    record Question(
            String digest,
            String principal,
            @Nullable String actor,
            String tool,
            String ehr,
            ApprovalNeed need,
            String preview,
            Instant expires) {
        /**
         * Whether the approval of one principal would do: the principal and who acts in its name both count as having asked,
         * and so does whoever bears the actor's name at another issuer.
         */
        public boolean isMetBy(String approver) {
            var asks = actor != null && actor.endsWith("|" + approver);
            return need.isMetBy(approver, principal)
                    && (actor == null || need.isMetBy(approver, asks ? approver : actor));
        }
    }

    /**
     * What a person decided.
     *
     * @param by the principal who decided
     * @param reason why, in that person's words
     */
    record Verdict(boolean approved, String by, @Nullable String reason) {}

    /**
     * An approval as it stands.
     *
     * @param id its id
     * @param question what was asked
     * @param state where it stands
     * @param decidedBy who decided
     * @param reason why
     */
    record Held(
            String id,
            Question question,
            State state,
            @Nullable String decidedBy,
            @Nullable String reason) {}

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

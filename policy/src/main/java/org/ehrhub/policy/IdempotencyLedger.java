package org.ehrhub.policy;

import org.jspecify.annotations.Nullable;

/**
 * Remembers every write by its key, so that none happens twice: not by a repeated call, not after a crash between the EHR's
 * doing and the hub's knowing.
 */
public interface IdempotencyLedger {
    /**
     * Claims a key for a write that is about to be sent. Durable when it returns. After {@link Claim#NEW} and {@link
     * Claim#UNKNOWN} the key is the caller's, and {@link Claim#RUNNING} to everyone else until it is settled.
     *
     * @param key the hub's key of the write: principal, tool, EHR and the caller's key
     * @param digest the digest of the arguments
     */
    Claim claim(String key, String digest);

    /** Notes what became of the write that {@link #claim} let through. Durable when it returns. */
    void settle(String key, Outcome outcome);

    /** What the ledger says to a claim. */
    enum Claim {
        /** The key is new: send the write. */
        NEW,
        /** A write under this key is under way now. */
        RUNNING,
        /** The write under this key was done: answer with it again. */
        DONE,
        /** A write under this key was sent and its fate is not known: look before sending. */
        UNKNOWN,
        /** The key was used with other arguments. */
        OTHER_ARGUMENTS
    }

    /** What became of a write. */
    enum Outcome {
        /** The EHR did it. */
        DONE,
        /** The EHR did not do it, beyond doubt: the key is free again. */
        NOT_DONE,
        /** Nobody can tell yet. */
        UNKNOWN
    }

    /** The key of a write as the ledger and the EHR know it; absent parts make it unique to one call. */
    static String key(String principal, String tool, String ehr, @Nullable String callersKey, String callId) {
        return Digests.sha256(
                principal, tool, ehr, callersKey == null ? "call" : "key", callersKey == null ? callId : callersKey);
    }
}

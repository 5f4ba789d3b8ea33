package org.ehrhub.adapters.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as the journal lists it: nothing of its content.
 *
 * @param id its number in the journal
 * @param channel the queue
 * @param state how far it is
 * @param attempts how often it was tried
 * @param bytes how long it is
 * @param kept when it was kept
 * @param changed when its state last changed
 * @param reason why it was tried again or given up, in the hub's words
 */
public record JournalEntry(
        long id,
        String channel,
        State state,
        int attempts,
        int bytes,
        Instant kept,
        Instant changed,
        @Nullable String reason) {
    /** How far a message is. */
    public enum State {
        /** It has not been worked, or rests before it is tried again. */
        WAITING,
        /** A worker holds it. */
        CLAIMED,
        /** It is done. */
        DONE,
        /** It was given up. */
        DEAD
    }
}

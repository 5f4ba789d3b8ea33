package org.ehrhub.adapters.journal;

import java.time.Duration;
import java.util.List;

/** What becomes of a message after a worker has tried it. Reasons are of the hub's own words and hold nothing of the message. */
public sealed interface Settlement {
    /**
     * It is done.
     *
     * @param next messages that it led to, kept together with this
     */
    record Done(List<JournalMessage> next) implements Settlement {
        /** Takes a copy. */
        public Done {
            next = List.copyOf(next);
        }
    }

    /**
     * It is tried again; messages that share a key with it wait.
     *
     * @param after how long it rests
     * @param reason why it did not go well
     */
    record Retry(Duration after, String reason) implements Settlement {}

    /**
     * It is given up and lies there for a person to look at; messages that share a key with it go on.
     *
     * @param reason why
     */
    record Dead(String reason) implements Settlement {}
}

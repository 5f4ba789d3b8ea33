package org.ehrhub.hl7v2.journal;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.journal.JournalMessage;

/** What a message of the journal leads to while it is worked, to be kept with its end. */
final class Handover {
    /** The property of the exchange, and of the exchanges that it is split into. */
    static final String PROPERTY = "ehrhub.journal.handover";

    private final List<JournalMessage> next = new ArrayList<>();
    private boolean closed;

    /** Adds a message; not once the end of the first one is being written, as a branch may find that runs on by itself. */
    synchronized boolean add(JournalMessage message) {
        if (!closed) {
            next.add(message);
        }
        return !closed;
    }

    /** All that were added; no more are. */
    synchronized List<JournalMessage> close() {
        closed = true;
        return List.copyOf(next);
    }
}

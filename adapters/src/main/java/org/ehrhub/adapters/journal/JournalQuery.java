package org.ehrhub.adapters.journal;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are meant: those that fit every part that is given.
 *
 * @param channel the queue
 * @param ids their numbers
 * @param states how far they are
 * @param from kept at or after
 * @param until kept before
 * @param terms values that they all hold
 * @param most how many at most
 */
public record JournalQuery(
        @Nullable String channel,
        Set<Long> ids,
        Set<JournalEntry.State> states,
        @Nullable Instant from,
        @Nullable Instant until,
        List<JournalMessage.Term> terms,
        int most) {
    /** Takes copies. */
    public JournalQuery {
        ids = Set.copyOf(ids);
        states = Set.copyOf(states);
        terms = List.copyOf(terms);
    }
}

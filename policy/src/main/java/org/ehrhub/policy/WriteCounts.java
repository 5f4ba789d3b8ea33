package org.ehrhub.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** How many writes were made in a day, counted for all hubs of one store, and still known after a restart. */
public interface WriteCounts {
    /**
     * Counts one more write under each of these names; where one of them has had as many as it may, under none. Durable when
     * it returns.
     *
     * @return the name that has had as many as it may; empty when the write was counted
     * @throws java.io.UncheckedIOException when it cannot be counted
     */
    Optional<String> take(LocalDate day, List<Quota> quotas);

    /** Takes back a write that was counted and then not sent. */
    void giveBack(LocalDate day, List<Quota> quotas);

    /** How many were counted under a name. */
    int used(LocalDate day, String name);

    /**
     * What may be written in a day.
     *
     * @param name whose writes they are, at most 64 characters
     * @param most how many
     */
    record Quota(String name, int most) {}
}

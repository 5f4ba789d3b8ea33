package org.ehrhub.tools;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of one EHR's list, as its adapter read them.
 *
 * @param items the rows, in the EHR's order, each one honouring every argument of the call
 * @param totalOrNull how many rows there are altogether, when the EHR says so and every argument was honoured by the EHR itself
 * @param nextOrNull where the list goes on, in the adapter's own words; none when this is the end
 * @param warnings what the caller must know about these rows, in the hub's words
 * @param truncated whether the EHR keeps rows back that no cursor leads to, as one that stops at its own limit does
 */
public record Page<T extends Record>(
        List<T> items,
        @Nullable Long totalOrNull,
        @Nullable String nextOrNull,
        List<String> warnings,
        boolean truncated) {
    /** Takes copies of the lists. */
    public Page {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }

    /** A page of a list that can be read to its end. */
    public Page(List<T> items, @Nullable Long totalOrNull, @Nullable String nextOrNull, List<String> warnings) {
        this(items, totalOrNull, nextOrNull, warnings, false);
    }

    /** All there is. */
    public static <T extends Record> Page<T> all(List<T> items) {
        return new Page<>(items, (long) items.size(), null, List.of());
    }

    /** Whether no row is missing after this page. */
    public boolean complete() {
        return nextOrNull == null && !truncated;
    }

    /** How many rows there are altogether, when known. */
    public OptionalLong total() {
        return totalOrNull == null ? OptionalLong.empty() : OptionalLong.of(totalOrNull);
    }

    /** Where the list goes on; empty at its end. */
    public Optional<String> next() {
        return Optional.ofNullable(nextOrNull);
    }
}

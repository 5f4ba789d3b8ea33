package org.ehrhub.adapters;

/** What a probe of an EHR found. */
public sealed interface Health {
    /** The EHR answers and lets the hub in. */
    record Up() implements Health {}

    /**
     * The EHR cannot be used.
     *
     * @param problem what is wrong and what to look at, in the hub's words
     */
    record Down(String problem) implements Health {}
}

package org.ehrhub.tools;

import java.util.List;

/**
 * The form of an answer that holds one thing.
 *
 * @param source where it comes from
 * @param warnings what the caller must know about it
 * @param item the thing itself
 */
public record ItemAnswer<T extends Record>(
        @Describe("Where the answer comes from.") Provenance source,

        @Describe("What you must know about this answer before you rely on it.")
        List<String> warnings,

        @Describe("The record that was asked for.") T item) {}

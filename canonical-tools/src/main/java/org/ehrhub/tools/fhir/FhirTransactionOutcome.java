package org.ehrhub.tools.fhir;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** What a transaction did. */
public record FhirTransactionOutcome(
        @Describe("Each entry, in order.") List<Entry> entries) {

    /** What became of one entry. */
    public record Entry(
            @Describe("HTTP status.") String status,
            @Describe("The record written.") @Nullable Reference ref,
            @Describe("Its version now.") @Nullable String version) {}
}

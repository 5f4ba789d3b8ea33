package org.ehrhub.tools.fhir;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** What a transaction did. */
@Group
public record FhirTransactionOutcome(
        @Describe("Each entry, in order.") List<Entry> entries) {

    /** What became of one entry. */
    @Group
    public record Entry(
            @Describe("HTTP status.") String status,
            @Describe("The record written.") @Nullable Reference ref,
            @Describe("Its version now.") @Nullable String version) {}
}

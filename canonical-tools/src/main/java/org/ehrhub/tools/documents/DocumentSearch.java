package org.ehrhub.tools.documents;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code document.search}. */
@Describe(
        title = "Search a patient's documents",
        value =
                "Finds notes, letters and scans of one patient by kind and date, newest first; not by what is written in them.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record DocumentSearch(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Kind: loinc|11506-3, or a code alone.", maxLength = 200) @Nullable
        String type,

        @Describe(value = "Such as clinical-note.", maxLength = 200) @Nullable
        String category,

        @Describe("At or after; with offset.") @Nullable OffsetDateTime from,

        @Describe("Before.") @Nullable OffsetDateTime to,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public DocumentSearch {
        patient.of("Patient", "patient");
        Arguments.code(type, "type");
        Arguments.code(category, "category");
        Arguments.list(from, to, limit);
    }
}

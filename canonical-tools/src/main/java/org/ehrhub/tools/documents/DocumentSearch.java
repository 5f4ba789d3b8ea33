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
                "Finds notes, letters, scans and other documents of one patient, newest first. It searches titles and kinds, not what is written in them; read one with document.get.",
        example = "{\"patient\":\"stmarys/Patient/sm-0001\"}")
public record DocumentSearch(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Only this kind: loinc|11506-3, or a code alone.", maxLength = 200) @Nullable
        String type,

        @Describe(value = "Only this category, such as clinical-note.", maxLength = 200) @Nullable
        String category,

        @Describe("Only at or after this time, with offset.") @Nullable
        OffsetDateTime from,

        @Describe("Only before this time.") @Nullable OffsetDateTime to,

        @Describe(value = "From the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; 20 unless given.", minimum = 1, maximum = 100) @Nullable
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

package org.ehrhub.tools.charts;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code lab.list}. */
@Describe(
        title = "List a patient's laboratory results",
        value =
                "Lists laboratory results, newest first, one test per row. Narrow by `code` for the course of one test. Values are as the laboratory wrote them: compare units before you compare numbers.",
        example = "{\"patient\":\"stmarys/Patient/sm-0001\",\"limit\":20}")
public record LabList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Only this test: loinc|4548-4, or a code alone.", maxLength = 200) @Nullable
        String code,

        @Describe("Only at or after this time, with offset.") @Nullable
        OffsetDateTime from,

        @Describe("Only before this time.") @Nullable OffsetDateTime to,

        @Describe(value = "From the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; 20 unless given.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public LabList {
        patient.of("Patient", "patient");
        Arguments.code(code, "code");
        Arguments.list(from, to, limit);
    }
}

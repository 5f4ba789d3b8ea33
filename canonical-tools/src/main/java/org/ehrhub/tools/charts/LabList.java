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
                "Lists laboratory results, newest first. Numbers and units are as the laboratory wrote them: compare units first.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\",\"limit\":20}")
public record LabList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Test: loinc|4548-4, or a code alone.", maxLength = 200) @Nullable
        String code,

        @Describe("At or after; with offset.") @Nullable OffsetDateTime from,

        @Describe("Before.") @Nullable OffsetDateTime to,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public LabList {
        patient.of("Patient", "patient");
        Arguments.code(code, "code");
        Arguments.list(from, to, limit);
    }
}

package org.ehrhub.tools.charts;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code vital.list}. */
@Describe(
        title = "List a patient's vital signs",
        value =
                "Lists vital signs, newest first: blood pressure, pulse, temperature, weight and the like. Blood pressure has its two values in `components`.",
        example = "{\"patient\":\"stmarys/Patient/sm-0001\"}")
public record VitalList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Only this sign: loinc|85354-9, or a code alone.", maxLength = 200) @Nullable
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
    public VitalList {
        patient.of("Patient", "patient");
        Arguments.code(code, "code");
        Arguments.list(from, to, limit);
    }
}

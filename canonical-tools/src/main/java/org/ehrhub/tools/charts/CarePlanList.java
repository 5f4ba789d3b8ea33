package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code careplan.list}. */
@Describe(
        title = "List a patient's care plans",
        value = "Lists care plans with their activities.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record CarePlanList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "Only those with this status.",
                oneOf = {"draft", "active", "on-hold", "revoked", "completed"})
        @Nullable
        String status,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public CarePlanList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

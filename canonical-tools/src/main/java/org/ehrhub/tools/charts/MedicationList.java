package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code medication.list}. */
@Describe(
        title = "List a patient's medications",
        value =
                "Lists medication orders, newest first, active ones unless `status` says otherwise; not what was dispensed or taken.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record MedicationList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "Default active.",
                oneOf = {"active", "on-hold", "completed", "stopped", "cancelled", "draft", "any"})
        @Nullable
        String status,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public MedicationList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

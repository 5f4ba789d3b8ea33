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
                "Lists medication orders, newest first, active ones only unless `status` says otherwise. It is no record of what was dispensed or taken.",
        example = "{\"patient\":\"stmarys/Patient/sm-0001\"}")
public record MedicationList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "Orders with this status; active unless given, any for all.",
                oneOf = {"active", "on-hold", "completed", "stopped", "cancelled", "draft", "any"})
        @Nullable
        String status,

        @Describe(value = "From the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; 20 unless given.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public MedicationList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code immunization.list}. */
@Describe(
        title = "List a patient's immunizations",
        value = "Lists vaccinations, newest first; rows with status not-done were not given.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record ImmunizationList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public ImmunizationList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code allergy.list}. */
@Describe(
        title = "List a patient's allergies",
        value =
                "Lists allergies and intolerances. An empty list does not mean that there are none: only a row that says so does.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record AllergyList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public AllergyList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

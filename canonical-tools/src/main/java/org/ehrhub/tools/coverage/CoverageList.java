package org.ehrhub.tools.coverage;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code coverage.list}. */
@Describe(
        title = "List a patient's insurance",
        value = "Lists the coverage the EHR has on file. Whether it is in force today only eligibility.check tells.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record CoverageList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "Only with this status.",
                oneOf = {"active", "cancelled", "draft"})
        @Nullable
        String status,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public CoverageList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

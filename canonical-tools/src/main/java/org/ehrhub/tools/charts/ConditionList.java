package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code condition.list}. */
@Describe(
        title = "List a patient's problems",
        value =
                "Lists problems and diagnoses with their clinical status. Resolved ones are included unless `status` narrows.",
        example = "{\"patient\":\"stmarys/Patient/sm-0001\",\"status\":\"active\"}")
public record ConditionList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "Only those with this clinical status.",
                oneOf = {"active", "recurrence", "relapse", "inactive", "remission", "resolved"})
        @Nullable
        String status,

        @Describe(
                value = "Only the problem list, or only diagnoses of encounters.",
                oneOf = {"problem-list-item", "encounter-diagnosis", "health-concern"})
        @Nullable
        String category,

        @Describe(value = "From the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; 20 unless given.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public ConditionList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

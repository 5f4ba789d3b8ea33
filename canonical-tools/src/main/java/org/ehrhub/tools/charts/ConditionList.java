package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code condition.list}. */
@Describe(
        title = "List a patient's problems",
        value = "Lists problems and diagnoses, resolved ones too unless `status` narrows.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\",\"status\":\"active\"}")
public record ConditionList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "Clinical status.",
                oneOf = {"active", "recurrence", "relapse", "inactive", "remission", "resolved"})
        @Nullable
        String status,

        @Describe(
                value = "Only of this category.",
                oneOf = {"problem-list-item", "encounter-diagnosis", "health-concern"})
        @Nullable
        String category,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public ConditionList {
        patient.of("Patient", "patient");
        Arguments.limit(limit);
    }
}

package org.ehrhub.tools.ehrs;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.ListInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code ehr.list}. */
@Describe(
        title = "List the EHRs",
        value =
                "Lists the EHRs you may use: whether each answers now, and which tools it supports. Call it first when you do not know where a patient is.",
        example = "{}")
public record EhrList(
        @Describe(value = "Only this EHR.", maxLength = 32) @Nullable
        String ehr,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements EhrInput, ListInput {
    /** Checks the arguments. */
    public EhrList {
        Arguments.ehr(ehr);
        Arguments.limit(limit);
    }
}

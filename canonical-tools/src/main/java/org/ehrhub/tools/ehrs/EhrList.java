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
                "Lists the EHRs you may use: whether each answers just now, and which tools it supports for you. Call it"
                        + " first when you do not know where a patient is, or after an EHR failed.")
public record EhrList(
        @Describe(value = "Only this EHR.", pattern = "^[a-z][a-z0-9-]{0,31}$") @Nullable
        String ehr,

        @Describe(value = "The cursor of the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most EHRs; 20 unless given.", minimum = 1, maximum = Arguments.MAX_LIMIT) @Nullable
        Integer limit)
        implements EhrInput, ListInput {
    /** Checks the name. */
    public EhrList {
        Arguments.ehr(ehr);
        Arguments.limit(limit);
    }
}

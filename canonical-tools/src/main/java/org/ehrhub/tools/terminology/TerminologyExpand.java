package org.ehrhub.tools.terminology;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.ListInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code terminology.expand}. */
@Describe(
        title = "List the codes of a value set",
        value = "Lists the codes of a value set, those that fit `filter` when given.",
        example =
                "{\"ehr\":\"stmarys\",\"valueSet\":\"https://stmarys.example/fhir/ValueSet/snomed\",\"filter\":\"asthma\"}")
public record TerminologyExpand(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "Canonical URL of the value set.", maxLength = 300)
        String valueSet,

        @Describe(value = "Words or beginnings of words.", maxLength = 100) @Nullable
        String filter,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements EhrInput, ListInput {
    /** Checks the arguments. */
    public TerminologyExpand {
        Arguments.ehr(ehr);
        Arguments.text(valueSet, "valueSet", 300);
        Arguments.text(filter, "filter", 100);
        Arguments.limit(limit);
    }
}

package org.ehrhub.tools.terminology;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;

/** The input of {@code terminology.lookup}. */
@Describe(
        title = "Look up a code",
        value = "Says what a code means in its code system.",
        example = "{\"ehr\":\"stmarys\",\"code\":\"loinc|4548-4\"}")
public record TerminologyLookup(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "system|code: snomed|73211009.", maxLength = 200)
        String code)
        implements EhrInput {
    /** Checks the arguments. */
    public TerminologyLookup {
        Arguments.ehr(ehr);
        Arguments.code(code, "code");
    }
}

package org.ehrhub.tools.terminology;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code terminology.validate}. */
@Describe(
        title = "Check a code",
        value = "Says whether a code exists, or whether it is in a value set.",
        example = "{\"ehr\":\"stmarys\",\"code\":\"loinc|4548-4\"}")
public record TerminologyValidate(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "system|code: snomed|73211009.", maxLength = 200)
        String code,

        @Describe(
                value = "Whether it is in this value set, a canonical URL; in its own code system unless given.",
                maxLength = 300)
        @Nullable
        String valueSet,

        @Describe(value = "Whether these are right words for it.", maxLength = 300) @Nullable
        String display)
        implements EhrInput {
    /** Checks the arguments. */
    public TerminologyValidate {
        Arguments.ehr(ehr);
        Arguments.code(code, "code");
        Arguments.text(valueSet, "valueSet", 300);
        Arguments.text(display, "display", 300);
    }
}

package org.ehrhub.tools.terminology;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.InvalidArgument;
import org.jspecify.annotations.Nullable;

/** The input of {@code terminology.translate}. */
@Describe(
        title = "Translate a code",
        value =
                "Finds what a code corresponds to in another code system. A match that is not equivalent says how it differs.",
        example = "{\"ehr\":\"stmarys\",\"code\":\"snomed|38341003\",\"target\":\"icd10cm\"}")
public record TerminologyTranslate(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "system|code: snomed|73211009.", maxLength = 200)
        String code,

        @Describe(value = "Into this code system: a URI or a short name such as icd10cm.", maxLength = 200) @Nullable
        String target,

        @Describe(value = "By this map, a canonical URL.", maxLength = 300) @Nullable
        String conceptMap)
        implements EhrInput {
    /** Checks the arguments. */
    public TerminologyTranslate {
        Arguments.ehr(ehr);
        Arguments.code(code, "code");
        Arguments.text(target, "target", 200);
        Arguments.text(conceptMap, "conceptMap", 300);
        if ((target == null) == (conceptMap == null)) {
            throw new InvalidArgument("target", "or `conceptMap` must be given, and not both");
        }
    }
}

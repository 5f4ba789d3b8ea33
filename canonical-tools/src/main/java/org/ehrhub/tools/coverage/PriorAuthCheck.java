package org.ehrhub.tools.coverage;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;

/** The input of {@code priorauth.check}. */
@Describe(
        title = "Check whether prior authorisation is needed",
        value =
                "Asks the payer whether a service needs prior authorisation under this coverage. It asks for nothing; priorauth.submit does.",
        example = "{\"coverage\":\"stmarys/Coverage/sm-1001-cov-1\",\"code\":\"cpt|70551\"}")
public record PriorAuthCheck(
        @Describe("ehr/Coverage/id, from coverage.list.") Reference coverage,

        @Describe(value = "What is to be done, system|code: cpt|70551.", maxLength = 200)
        String code) {
    /** Checks the arguments. */
    public PriorAuthCheck {
        coverage.of("Coverage", "coverage");
        Arguments.code(code, "code");
    }
}

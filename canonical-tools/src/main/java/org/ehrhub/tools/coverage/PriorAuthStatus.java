package org.ehrhub.tools.coverage;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;

/** The input of {@code priorauth.status}. */
@Describe(
        title = "Follow a prior authorisation",
        value = "Asks what has become of a prior authorisation request.",
        example = "{\"priorAuth\":\"stmarys/ClaimResponse/1b4e28ba-2fa1-41d2-883f-0016d3cca427\"}")
public record PriorAuthStatus(
        @Describe("The payer's answer: ehr/ClaimResponse/id, as priorauth.submit returned it.")
        Reference priorAuth) {
    /** Checks the arguments. */
    public PriorAuthStatus {
        priorAuth.of("ClaimResponse", "priorAuth");
    }
}

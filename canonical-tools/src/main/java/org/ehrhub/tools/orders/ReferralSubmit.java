package org.ehrhub.tools.orders;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code referral.submit}. */
@Describe(
        title = "Submit a referral",
        value =
                "Makes a drafted referral active, so that it is acted on. Call it once the user has checked the draft; it needs a person's approval.",
        example = "{\"referral\":\"stmarys/ServiceRequest/sm-1002-referral-1\"}")
public record ReferralSubmit(
        @Describe("The draft: ehr/ServiceRequest/id, as referral.draft returned it.")
        Reference referral,

        @Describe(value = "The version the user saw; another one is a CONFLICT.", maxLength = 64) @Nullable
        String version,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public ReferralSubmit {
        referral.of("ServiceRequest", "referral");
        Arguments.text(version, "version", 64);
        Arguments.keys(idempotencyKey, approvalId);
    }
}

package org.ehrhub.tools.coverage;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code eligibility.check}. */
@Describe(
        title = "Check eligibility",
        value =
                "Asks the payer whether coverage is in force, and for which benefits. The payer is asked each time, so do not repeat it. pending means that the payer answers later: call again with the same idempotencyKey.",
        example = "{\"coverage\":\"stmarys/Coverage/sm-1001-cov-1\"}")
public record EligibilityCheck(
        @Describe("ehr/Coverage/id, from coverage.list.") Reference coverage,

        @Describe(
                value = "Only benefits of this service type: an X12 code such as 30, or system|code.",
                maxLength = 200)
        @Nullable
        String service,

        @Describe(value = "For this day, YYYY-MM-DD; today unless given.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        @Nullable
        String date,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public EligibilityCheck {
        coverage.of("Coverage", "coverage");
        Arguments.code(service, "service");
        Arguments.date(date, "date");
        Arguments.keys(idempotencyKey, approvalId);
    }
}

package org.ehrhub.tools.coverage;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code coverage.record}. */
@Describe(
        title = "Record insurance",
        value =
                "Writes the insurance a patient showed, or changes what is on file. It does not ask the payer; eligibility.check does.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"memberId\":\"M12345678\",\"payerName\":\"Example Health Plan\"}")
public record CoverageRecord(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe("To change one on file: ehr/Coverage/id. Without it a new one is written.") @Nullable
        Reference coverage,

        @Describe(value = "The member id.", maxLength = 100) String memberId,

        @Describe("Who pays: ehr/Organization/id.") @Nullable
        Reference payer,

        @Describe(value = "Who pays, in words, where there is no reference.", maxLength = 200) @Nullable
        String payerName,

        @Describe(
                value = "The patient's relationship to the subscriber; self unless given.",
                oneOf = {"self", "spouse", "child", "parent", "common", "other", "injured"})
        @Nullable
        String relationship,

        @Describe(value = "The plan.", maxLength = 200) @Nullable
        String plan,

        @Describe(value = "The group.", maxLength = 200) @Nullable
        String group,

        @Describe(value = "Since when, YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") @Nullable
        String start,

        @Describe(value = "Until when, YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") @Nullable
        String end,

        @Describe(
                value = "active unless given; entered-in-error takes one back.",
                oneOf = {"active", "cancelled", "entered-in-error"})
        @Nullable
        String status,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public CoverageRecord {
        patient.of("Patient", "patient");
        Arguments.reference(coverage, "Coverage", "coverage");
        Arguments.reference(payer, "Organization", "payer");
        Arguments.text(memberId, "memberId", 100);
        Arguments.text(payerName, "payerName", 200);
        Arguments.text(plan, "plan", 200);
        Arguments.text(group, "group", 200);
        Arguments.date(start, "start");
        Arguments.date(end, "end");
        Arguments.keys(idempotencyKey, approvalId);
        if ((payer == null) == (payerName == null)) {
            throw new InvalidArgument("payer", "or `payerName` must be given, and not both");
        }
    }
}

package org.ehrhub.tools.orders;

import java.util.List;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code referral.draft}. */
@Describe(
        title = "Draft a referral",
        value =
                "Writes a referral into the chart as a draft. Nothing is sent before referral.submit, which a person approves.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"specialty\":\"Cardiology\",\"reason\":\"Palpitations for three weeks\"}")
public record ReferralDraft(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Which specialty or service, in words.", maxLength = 200)
        String specialty,

        @Describe(value = "Its code, system|code.", maxLength = 200) @Nullable
        String code,

        @Describe("To whom: ehr/Practitioner/id, ehr/PractitionerRole/id or ehr/Organization/id.") @Nullable
        Reference recipient,

        @Describe(
                value = "routine unless given.",
                oneOf = {"routine", "urgent", "asap", "stat"})
        @Nullable
        String priority,

        @Describe(value = "What for, in a few words.", maxLength = 500) @Nullable
        String reason,

        @Describe(value = "What the reader should know.", maxLength = 2000) @Nullable
        String note,

        @Describe("The visit: ehr/Encounter/id.") @Nullable Reference encounter,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public ReferralDraft {
        patient.of("Patient", "patient");
        Arguments.text(specialty, "specialty", 200);
        Arguments.code(code, "code");
        Arguments.text(reason, "reason", 500);
        Arguments.paragraphs(note, "note", 2000);
        Arguments.reference(encounter, "Encounter", "encounter");
        Arguments.keys(idempotencyKey, approvalId);
        if (recipient != null
                && !List.of("Practitioner", "PractitionerRole", "Organization").contains(recipient.type())) {
            throw new InvalidArgument(
                    "recipient", "must be a reference to a Practitioner, PractitionerRole or Organization");
        }
    }
}

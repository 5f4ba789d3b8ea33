package org.ehrhub.tools.orders;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code order.draft}. */
@Describe(
        title = "Draft an order",
        value =
                "Puts an order into the chart as a draft for a clinician to sign; nothing is sent and nothing is done until then. For a referral use referral.draft. Medicines cannot be ordered.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"category\":\"laboratory\",\"name\":\"Hemoglobin A1c\",\"code\":\"loinc|4548-4\"}")
public record OrderDraft(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "What is ordered.",
                oneOf = {"laboratory", "imaging", "procedure", "counseling", "education", "therapy"})
        String category,

        @Describe(value = "What is ordered, in words.", maxLength = 200)
        String name,

        @Describe(value = "Its code, system|code: loinc|4548-4.", maxLength = 200) @Nullable
        String code,

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
    public OrderDraft {
        patient.of("Patient", "patient");
        Arguments.text(name, "name", 200);
        Arguments.code(code, "code");
        Arguments.text(reason, "reason", 500);
        Arguments.paragraphs(note, "note", 2000);
        Arguments.reference(encounter, "Encounter", "encounter");
        Arguments.keys(idempotencyKey, approvalId);
    }
}

package org.ehrhub.tools.messages;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code message.send}. */
@Describe(
        title = "Send a message to a patient",
        value =
                "Sends a message to one patient through the EHR, to the patient's own inbox there; no other address can be given. It cannot be taken back and needs a person's approval.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"subject\":\"Your appointment\",\"text\":\"Please bring your medication list.\"}")
public record MessageSend(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "The message, plain text.", maxLength = 4000)
        String text,

        @Describe(value = "What it is about.", maxLength = 200) @Nullable
        String subject,

        @Describe("The record it is about: ehr/Type/id.") @Nullable
        Reference about,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public MessageSend {
        patient.of("Patient", "patient");
        Arguments.paragraphs(text, "text", 4000);
        Arguments.text(subject, "subject", 200);
        Arguments.keys(idempotencyKey, approvalId);
    }
}

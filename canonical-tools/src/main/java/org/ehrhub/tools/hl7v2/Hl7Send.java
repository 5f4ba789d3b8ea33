package org.ehrhub.tools.hl7v2;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code hl7v2.send}. */
@Describe(
        title = "Send an HL7 v2 message",
        value =
                "Sends one HL7 v2 message and waits for its acknowledgement. Leave MSH-10 empty and the hub sets it; your own must be new. It needs a person's approval. pending means stored for sending: follow it with hl7v2.status.",
        example =
                "{\"ehr\":\"lab\",\"message\":\"MSH|^~\\\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|42|T|2.5.1\\rPID|1||100^^^CLINIC^MR||Doe^Jane\"}")
public record Hl7Send(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "The message, segments ended by \\\\r or a line break; MSH first.", maxLength = 200000)
        String message,

        @Describe(
                value = "Which of its receivers, by the name in the hub's settings; needed where it has several.",
                maxLength = 32)
        @Nullable
        String destination,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements EhrInput, WriteInput {
    /** Checks the arguments. */
    public Hl7Send {
        Arguments.ehr(ehr);
        Arguments.paragraphs(message, "message", 200_000);
        Arguments.text(destination, "destination", 32);
        Arguments.keys(idempotencyKey, approvalId);
        if (!message.startsWith("MSH")) {
            throw new InvalidArgument("message", "must begin with MSH");
        }
    }
}

package org.ehrhub.tools.hl7v2;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;

/** The input of {@code hl7v2.status}. */
@Describe(
        title = "Follow an HL7 v2 message",
        value =
                "Says what has become of a message that was sent or stored for sending, and whether the way to its receiver is open.",
        example = "{\"message\":\"lab/Message/42\"}")
public record Hl7Status(
        @Describe("ehr/Message/id, as hl7v2.send returned it.")
        Reference message) {
    /** Checks the arguments. */
    public Hl7Status {
        message.of("Message", "message");
    }
}

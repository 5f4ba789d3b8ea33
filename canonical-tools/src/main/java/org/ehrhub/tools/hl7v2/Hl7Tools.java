package org.ehrhub.tools.hl7v2;

import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about HL7 v2 messages. */
public final class Hl7Tools {
    /** Sends a message. */
    public static final Write<Hl7Send, Hl7Outcome> SEND =
            new Write<>("hl7v2.send", Hl7Send.class, Hl7Outcome.class, Risk.HIGH_IMPACT);
    /** Follows a message. */
    public static final Read<Hl7Status, Hl7Outcome> STATUS =
            new Read<>("hl7v2.status", Hl7Status.class, Hl7Outcome.class);

    private Hl7Tools() {}
}

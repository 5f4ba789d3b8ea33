package org.ehrhub.tools.messages;

import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about messages. */
public final class MessageTools {
    /** Sends a message to a patient. */
    public static final Write<MessageSend, Message> SEND =
            new Write<>("message.send", MessageSend.class, Message.class, Risk.HIGH_IMPACT);

    private MessageTools() {}
}

package org.ehrhub.fhir.messages;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.messages.MessageTools;

/** The tool about messages. */
public final class MessageHandlers {
    private MessageHandlers() {}

    /** Registers it. */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onWrite(
                MessageTools.SEND,
                new Creation<>(server, new MessageSending(server)),
                Needs.create("Communication").and(Needs.read("Communication")),
                Feature.WRITE_KEY_STORED);
    }
}

package org.ehrhub.medplum.agents;

import java.time.Duration;
import java.util.Map;
import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.hl7v2.Hl7Tools;

/** The tools about HL7 v2 messages. */
public final class AgentHandlers {
    private AgentHandlers() {}

    /**
     * Registers them where there are receivers.
     *
     * @param receivers by the names that callers know them by
     * @param longestWait for any answer of the server
     */
    public static void register(
            FhirTools tools, FhirServer server, Map<String, AgentSettings> receivers, Duration longestWait) {
        if (receivers.isEmpty()) {
            return;
        }
        var known = new Receivers(server.ehr(), receivers);
        var sent = new SentMessages();
        tools.onWrite(Hl7Tools.SEND, new MessagePush(server, known, sent, longestWait), Needs.nothing())
                .on(Hl7Tools.STATUS, new MessageFollowing(server, known, sent), Needs.nothing());
    }
}

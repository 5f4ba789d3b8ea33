package org.ehrhub.medplum.agents;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnAnswer;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.tools.CallContext;

/** What is asked of Medplum's Agents. */
final class AgentDesk {
    private static final String ACCEPTED = Er7.TYPE + ", application/fhir+json";
    private static final Set<String> LINKS = Set.of("connected", "disconnected", "unknown");

    private final FhirServer server;

    AgentDesk(FhirServer server) {
        this.server = server;
    }

    /**
     * Has a message delivered, and waits for what the receiver says of it. Without waiting Medplum would answer well whether
     * or not the message ever leaves; and it overlooks the wish to wait where it stands in FHIR's Parameters.
     */
    OwnAnswer push(AgentSettings to, String text, Duration wait, CallContext call) {
        var body = PlainJson.object()
                .put("destination", destination(to.device()))
                .put("contentType", Er7.TYPE)
                .put("body", text)
                .put("waitForResponse", true)
                .put("waitTimeout", wait.toMillis());
        if (to.acknowledgement() != null) {
            body.put("returnAck", to.acknowledgement().word());
        }
        return server.ask(
                OwnRequest.act(
                        url(to.agent(), "$push"), ACCEPTED, new OwnRequest.Body(PlainJson.TYPE, body.toString())),
                call);
    }

    /** Whether the way to a receiver is open, as far as Medplum knows: connected, disconnected or unknown. */
    String link(AgentSettings to, CallContext call) {
        var answer = server.ask(OwnRequest.get(url(to.agent(), "$status"), "application/fhir+json"), call);
        var said = PlainJson.parameter(PlainJson.read(answer), "status")
                .path("valueCode")
                .asText();
        return answer.good() && LINKS.contains(said) ? said : "unknown";
    }

    private URI url(String agent, String operation) {
        return AgentSettings.isIdentifier(agent)
                ? URI.create(server.base() + "/Agent/" + operation + "?identifier=" + encoded(agent))
                : URI.create(server.base() + "/Agent/" + agent + "/" + operation);
    }

    private static String destination(String device) {
        return AgentSettings.isIdentifier(device) ? "Device?identifier=" + device : "Device/" + device;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

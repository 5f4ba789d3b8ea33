package org.ehrhub.medplum.stub;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Agent/$push}, {@code $status} and {@code $bulk-status}; a wait that would be in vain is over at once here. */
final class AgentDesk {
    private static final int LONGEST_WAIT = 55_000;
    private static final Set<String> ACKS = Set.of("", "first", "application");

    private final Archive archive;
    private final Agents agents;
    private final Reading reading;
    private final Searches searches;
    private final Jobs jobs;

    AgentDesk(Archive archive, Agents agents, Reading reading, Searches searches, Jobs jobs) {
        this.archive = archive;
        this.agents = agents;
        this.reading = reading;
        this.searches = searches;
        this.jobs = jobs;
    }

    /**
     * What is to be sent.
     *
     * @param application whether the application's acknowledgement is waited for, not the first
     */
    private record Push(String agent, String url, String message, boolean waits, boolean application) {}

    Said push(Call call, String id) {
        if (call.asked().prefers("respond-async")) {
            return jobs.start(call, () -> ended(call, id));
        }
        var push = read(call, agent(call, id));
        return push.waits() ? Said.of(200, BotEvent.HL7 + "; charset=utf-8", acknowledged(push)) : sent(call, push);
    }

    Said status(Call call, String id) {
        return Said.fhir(200, agents.status(Json.id(agent(call, id))));
    }

    Said bulkStatus(Call call) {
        call.charge(Searches.SEARCH);
        var found = searches.matching(call, "Agent", call.asked().query());
        if (found.isEmpty()) {
            throw Refused.bad("No agent(s) for given query");
        }
        var bundle = Json.resource("Bundle").put("type", "collection");
        var entries = bundle.putArray("entry");
        for (var agent : found) {
            var shown = Json.parameter("agent");
            shown.set("resource", reading.view().of(agent, call));
            var result = Json.parameter("result");
            result.set("resource", agents.status(Json.id(agent)));
            entries.addObject().set("resource", Json.parameters(shown, result));
        }
        return Said.fhir(200, bundle);
    }

    /** What needs a live agent and is of no more interest here: the numbers it counts, and its log with whole messages. */
    Said live(Call call, String id, String name) {
        var agent = agent(call, id);
        if (!agents.isConnected(Json.id(agent))) {
            throw Refused.bad("Timeout");
        }
        return Said.fhir(200, Json.parameters(Json.parameter(name).put("valueString", "{}")));
    }

    private ObjectNode agent(Call call, String id) {
        var identifier = call.asked().parameter("identifier").orElse("");
        if (id.isEmpty() && identifier.isEmpty()) {
            throw Refused.bad("Must specify agent ID or identifier");
        }
        if (id.isEmpty()) {
            call.charge(Searches.SEARCH);
            return searches.matching(call, "Agent", "identifier=" + identifier).stream()
                    .findFirst()
                    .orElseThrow(Refused::notFound);
        }
        call.charge(1);
        return reading.visible(call, "Agent", id, "read").resource();
    }

    private Push read(Call call, ObjectNode agent) {
        var asked = call.asked().json();
        if (Json.text(agent, "status").equals("off")) {
            throw Refused.bad("Agent is currently disabled. Agent.status is 'off'");
        }
        var message = required(asked, "body");
        required(asked, "contentType");
        var device = device(call, required(asked, "destination"));
        var url = Json.text(device, "url");
        if (url.isEmpty()) {
            throw Refused.bad("Destination device missing url");
        }
        var timeout = value(asked, "waitTimeout");
        if (!timeout.isEmpty() && (!timeout.matches("\\d{1,6}") || Integer.parseInt(timeout) > LONGEST_WAIT)) {
            throw Refused.bad("Invalid wait timeout");
        }
        var ack = value(asked, "returnAck");
        if (!ACKS.contains(ack)) {
            throw Refused.bad("Invalid value for returnAck; expected: 'first' or 'application', received: " + ack);
        }
        var wait = value(asked, "waitForResponse").equals("true");
        return new Push(Json.id(agent), url, message, wait, ack.equals("application"));
    }

    private static String required(JsonNode asked, String name) {
        var value = value(asked, name);
        if (value.isEmpty()) {
            throw Refused.bad("Missing " + name + " parameter");
        }
        return value;
    }

    /** Of a Parameters resource only {@code valueString} is read: a wait asked for with a boolean is none. */
    private static String value(JsonNode asked, String name) {
        return Json.type(asked).equals("Parameters")
                ? Json.text(Json.named(asked, name), "valueString")
                : asked.path(name).asString("");
    }

    private ObjectNode device(Call call, String destination) {
        if (destination.startsWith("Device?")) {
            call.charge(Searches.SEARCH);
            return searches.matching(call, "Device", destination.substring("Device?".length())).stream()
                    .findFirst()
                    .orElseThrow(() -> Refused.bad("Destination device not found"));
        }
        call.charge(1);
        return archive.find(destination)
                .filter(found -> Json.type(found).equals("Device"))
                .orElseThrow(() -> Refused.bad("Destination device not found"));
    }

    private Said sent(Call call, Push push) {
        if (agents.isConnected(push.agent()) && Hl7.isMessage(push.message())) {
            agents.at(push.url()).filter(Receiver::listens).ifPresent(receiver -> receiver.send(push.message(), false));
        }
        return Said.outcome(Outcomes.ok(), call.asked());
    }

    private String acknowledged(Push push) {
        if (!agents.isConnected(push.agent())) {
            throw Refused.bad("Timeout");
        }
        if (!Hl7.isMessage(push.message())) {
            throw Refused.bad("WebSocket error on incoming message: Invalid HL7 message");
        }
        if (Hl7.controlId(push.message()).isEmpty()) {
            throw Refused.bad("Required field missing: MSH.10");
        }
        return agents.at(push.url())
                .filter(Receiver::listens)
                .orElseThrow(() -> Refused.bad("connect ECONNREFUSED " + Agents.address(push.url())))
                .send(push.message(), push.application())
                .orElseThrow(() -> Refused.bad("Timeout"));
    }

    private Jobs.Ended ended(Call call, String id) {
        try {
            var push = read(call, agent(call, id));
            if (!push.waits()) {
                sent(call, push);
                return new Jobs.Ended("completed", Json.parameters(Jobs.outcome(Outcomes.ok())));
            }
            return new Jobs.Ended(
                    "completed", Json.parameters(Jobs.outcome(Outcomes.ok()), Jobs.body(acknowledged(push))));
        } catch (Refused e) {
            return new Jobs.Ended("completed", Json.parameters(Jobs.outcome(e.outcome())));
        }
    }
}

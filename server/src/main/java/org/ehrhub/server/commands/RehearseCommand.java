package org.ehrhub.server.commands;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.SocketClient;
import org.ehrhub.server.mcp.StdioBridge;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a hub on the sandbox through what people do first, over HTTP and the local socket, and ends: the training run of the
 * start-up cache. Not for people, so `help` leaves it out.
 */
final class RehearseCommand implements Command {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"rehearsal","version":"1"}}}
            """;
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}\n";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final JsonMapper json = new JsonMapper();

    @Override
    public int run(CommandLine line) throws IOException {
        try (var hub = RunningHub.start(line)) {
            var session = Optional.ofNullable(post(hub.address(), INITIALIZE, Optional.empty()));
            post(hub.address(), LIST, session);
            post(hub.address(), call("patient_search", json.valueToTree(Map.of("family", "Okafor"))), session);
            var socket = DataDirectory.socket(Configuration.dataDir(line.configuration()));
            bridge(socket);
            health(hub.address());
            book(new SocketClient(socket, Version.current(), LIMIT));
        }
        return DONE;
    }

    private void bridge(Path socket) throws IOException {
        try (var bridge = StdioBridge.open(socket).orElseThrow(() -> new IOException("No hub at its own socket"))) {
            var in = new ByteArrayInputStream((INITIALIZE + LIST).getBytes(StandardCharsets.UTF_8));
            bridge.run(in, OutputStream.nullOutputStream());
        }
    }

    private static void health(String address) throws IOException {
        try (var in = URI.create(address).resolve("/actuator/health").toURL().openStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void book(SocketClient hub) throws IOException {
        ask(hub, "ehr.list", Map.of());
        for (var ehr : List.of("stmarys", "lakeside")) {
            var patient = ask(hub, "patient.search", Map.of("family", "Okafor", "ehr", ehr))
                    .at("/items/0/patient")
                    .asString("");
            ask(hub, "patient.get", Map.of("patient", patient));
            var today = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
            var slot = ask(
                            hub,
                            "slot.search",
                            Map.of(
                                    "ehr",
                                    ehr,
                                    "from",
                                    today.toString(),
                                    "to",
                                    today.plusDays(14).toString()))
                    .at("/items/0/slotRef")
                    .asString("");
            var booked = ask(hub, "appointment.create", Map.of("patient", patient, "slotRef", slot))
                    .findPath("appointment")
                    .asString("");
            ask(hub, "appointment.list", Map.of("patient", patient));
            ask(hub, "appointment.cancel", Map.of("appointment", booked));
        }
    }

    /** The answer; one that failed is as good for a rehearsal. */
    private JsonNode ask(SocketClient hub, String tool, Map<String, String> arguments) throws IOException {
        return json.readTree(hub.call(tool, json.valueToTree(arguments))
                .orElseThrow(() -> new IOException("No hub at its own socket"))
                .text());
    }

    private String call(String tool, JsonNode arguments) {
        var message = json.createObjectNode().put("jsonrpc", "2.0").put("id", 3).put("method", "tools/call");
        message.putObject("params").put("name", tool).set("arguments", arguments);
        return json.writeValueAsString(message);
    }

    /** Posts a message and gives the session the answer names. */
    private static String post(String address, String message, Optional<String> session) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Accept", "application/json, text/event-stream");
        session.ifPresent(id -> connection.setRequestProperty("Mcp-Session-Id", id));
        connection.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
        try (var in = connection.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return connection.getHeaderField("Mcp-Session-Id");
    }
}

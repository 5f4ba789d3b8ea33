package org.ehrhub.medplum.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.medplum.stub.Receiver;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent of a live Medplum that runs in the test: it holds the WebSocket that agents hold, and hands what comes over it to a
 * receiver that the test tells how to answer.
 */
final class LiveAgent implements WebSocket.Listener, AutoCloseable {
    private static final int SECONDS = 10;
    private static final int BAD = 400;

    private final Receiver receiver = new Receiver();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final StringBuilder part = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    /** Connects as the agent of this id, with a token of its client. */
    LiveAgent(URI base, String token, String id) {
        var address = base.resolve("ws/agent").toString().replaceFirst("^http", "ws");
        socket =
                http.newWebSocketBuilder().buildAsync(URI.create(address), this).join();
        say(socket, message("agent:connect:request").put("accessToken", token).put("agentId", id));
        try {
            if (!connected.await(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The server does not let the agent connect");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Receiver receiver() {
        return receiver;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            take(from, MedplumHttp.json().readTree(part.toString()));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(WebSocket from, JsonNode command) {
        switch (command.path("type").asString()) {
            case "agent:connect:response" -> connected.countDown();
            case "agent:heartbeat:request" ->
                say(from, message("agent:heartbeat:response").put("version", "test"));
            case "agent:transmit:request" -> deliver(from, command);
            default -> {}
        }
    }

    /** What a receiver does not answer the agent does not answer either: the server's own wait ends then. */
    private void deliver(WebSocket from, JsonNode command) {
        var answer = message("agent:transmit:response")
                .put("channel", command.path("channel").asString(""))
                .put("remote", command.path("remote").asString())
                .put("callback", command.path("callback").asString(""));
        if (!receiver.listens()) {
            var place = ConnectedAgent.ADDRESS.substring("mllp://".length());
            say(
                    from,
                    answer.put("statusCode", BAD)
                            .put("contentType", "text/plain")
                            .put("body", "connect ECONNREFUSED " + place));
            return;
        }
        var application = command.path("returnAck").asString("").equals("application");
        receiver.send(command.path("body").asString(), application)
                .ifPresent(acknowledgement -> say(
                        from,
                        answer.put("statusCode", 200)
                                .put("contentType", "x-application/hl7-v2+er7")
                                .put("body", acknowledgement)));
    }

    private static ObjectNode message(String type) {
        return MedplumHttp.json().createObjectNode().put("type", type);
    }

    private static void say(WebSocket to, ObjectNode message) {
        var _ = to.sendText(message.toString(), true);
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        http.shutdownNow();
    }
}

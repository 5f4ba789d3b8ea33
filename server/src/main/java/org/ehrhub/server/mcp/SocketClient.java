package org.ehrhub.server.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One tool call over the local socket, as the {@code call} command makes it. */
public final class SocketClient {
    private static final int ANSWER = 2;

    private final Path socket;
    private final String version;
    private final Duration limit;
    private final JsonMapper json = ProtocolJson.mapper();

    /**
     * A client of the hub that owns this socket.
     *
     * @param version the version of the command that calls
     * @param limit how long an answer is waited for
     */
    public SocketClient(Path socket, String version, Duration limit) {
        this.socket = socket;
        this.version = version;
        this.limit = limit;
    }

    /**
     * What the hub answered.
     *
     * @param failed whether the tool failed, or the call was none the hub takes
     * @param text the answer as JSON text
     */
    public record Answer(boolean failed, String text) {}

    /**
     * Calls a tool by its canonical or its wire name.
     *
     * @return the answer, or nothing when no hub answers at the socket
     * @throws IOException when the connection broke or the time is over; a write may or may not have happened
     */
    public Optional<Answer> call(String tool, JsonNode arguments) throws IOException {
        var channel = LocalSocket.connect(socket);
        return channel.isEmpty() ? Optional.empty() : Optional.of(talk(channel.get(), tool, arguments));
    }

    private Answer talk(SocketChannel channel, String tool, JsonNode arguments) throws IOException {
        var clock = Thread.ofVirtual().start(() -> closeAfter(channel));
        try (channel) {
            Channels.newOutputStream(channel).write(lines(tool, arguments).getBytes(StandardCharsets.UTF_8));
            return answer(new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8)));
        } finally {
            clock.interrupt();
        }
    }

    private void closeAfter(SocketChannel channel) {
        try {
            Thread.sleep(limit);
            channel.close();
        } catch (InterruptedException | IOException e) {
            // The answer came first, or the connection is gone already.
        }
    }

    private String lines(String tool, JsonNode arguments) {
        var hello = message("initialize").put("id", 1);
        var about = hello.putObject("params").put("protocolVersion", "2025-11-25");
        about.putObject("capabilities");
        about.putObject("clientInfo").put("name", "ehr-hub call").put("version", version);
        var call = message("tools/call").put("id", ANSWER);
        call.putObject("params").put("name", tool).set("arguments", arguments);
        return hello + "\n" + message("notifications/initialized") + "\n" + call + "\n";
    }

    private ObjectNode message(String method) {
        return json.createObjectNode().put("jsonrpc", "2.0").put("method", method);
    }

    private Answer answer(BufferedReader in) throws IOException {
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var message = json.readTree(line);
            var id = message.get("id");
            if (message.has("error") && (id == null || id.isNull() || id.asInt() == ANSWER)) {
                return new Answer(true, json.writeValueAsString(message.get("error")));
            }
            if (id != null && id.asInt() == ANSWER && message.has("result")) {
                var result = message.get("result");
                return new Answer(
                        result.path("isError").asBoolean(false),
                        result.path("content").path(0).path("text").asString(""));
            }
        }
        throw new IOException("The hub ended the connection without an answer");
    }
}

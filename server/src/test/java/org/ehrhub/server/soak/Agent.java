package org.ehrhub.server.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client of one hub over Streamable HTTP, which says that it could ask its user. */
final class Agent implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SESSION = "Mcp-Session-Id";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI mcp;
    private final String token;
    private final String session;

    /** Opens a session where there is no login. */
    Agent(URI mcp) throws IOException, InterruptedException {
        this(mcp, "");
    }

    /** Opens a session with an access token. */
    Agent(URI mcp, String token) throws IOException, InterruptedException {
        this.mcp = mcp;
        this.token = token;
        var params = JSON.createObjectNode().put("protocolVersion", "2025-11-25");
        params.putObject("capabilities").putObject("elicitation");
        params.putObject("clientInfo").put("name", "soak").put("version", "1");
        session =
                send("initialize", params, "none").headers().firstValue(SESSION).orElseThrow();
    }

    /** An answer of a tool. */
    record Answer(boolean failed, JsonNode json, String text) {
        String code() {
            return json.path("error").path("code").asString("");
        }
    }

    /**
     * Calls a tool.
     *
     * @throws IOException when the hub does not answer
     */
    Answer call(String tool, ObjectNode arguments) throws IOException, InterruptedException {
        var params = JSON.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        var answer = send("tools/call", params, session);
        var message = JSON.readTree(data(answer.body()));
        var result = message.path("result");
        if (answer.statusCode() != 200 || !result.isObject()) {
            throw new IllegalStateException("The hub answered " + answer.statusCode() + " " + answer.body());
        }
        var text = result.path("content").path(0).path("text").asString("");
        return new Answer(result.path("isError").asBoolean(false), JSON.readTree(text), text);
    }

    /** The same with arguments in JSON, in which single quotes will do. */
    Answer call(String tool, String arguments) throws IOException, InterruptedException {
        return call(tool, (ObjectNode) JSON.readTree(arguments.replace('\'', '"')));
    }

    /** The names of the tools that are listed. */
    List<String> tools() throws IOException, InterruptedException {
        var answer = JSON.readTree(
                data(send("tools/list", JSON.createObjectNode(), session).body()));
        return answer.path("result")
                .path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asString())
                .toList();
    }

    private HttpResponse<String> send(String method, ObjectNode params, String inSession)
            throws IOException, InterruptedException {
        var message = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        message.set("params", params);
        var request = HttpRequest.newBuilder(mcp)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message.toString()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!inSession.equals("none")) {
            request.header(SESSION, inSession);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The message, be it the answer itself or the data of its one event. */
    private static String data(String body) {
        return body.startsWith("{")
                ? body
                : body.lines()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()))
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

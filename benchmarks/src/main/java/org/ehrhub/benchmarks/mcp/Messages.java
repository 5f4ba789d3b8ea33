package org.ehrhub.benchmarks.mcp;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The MCP messages a benchmark sends (MCP 2025-11-25). */
public final class Messages {
    /** The protocol version asked for. */
    public static final String VERSION = "2025-11-25";

    static final JsonMapper JSON = JsonMapper.builder().build();

    private Messages() {}

    static ObjectNode initialize() {
        var params = JSON.createObjectNode().put("protocolVersion", VERSION);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "benchmark").put("version", "1");
        return params;
    }

    /** The parameters of {@code tools/call}. */
    public static ObjectNode call(String tool, ObjectNode arguments) {
        return JSON.createObjectNode().put("name", tool).set("arguments", arguments);
    }

    /** Arguments of a tool, name after value. */
    public static ObjectNode arguments(String... namesAndValues) {
        var arguments = JSON.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }

    static byte[] request(long id, String method, ObjectNode params) {
        var message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        return JSON.writeValueAsBytes(message.set("params", params));
    }

    static byte[] notification(String method) {
        return JSON.writeValueAsBytes(
                JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method));
    }

    /**
     * The result in an answer.
     *
     * @throws IllegalStateException when it is an error, or the answer to another request
     */
    static JsonNode result(JsonNode answer, long id) {
        var result = answer.get("result");
        if (result == null || answer.path("id").asLong(-1) != id) {
            throw new IllegalStateException("The hub answered " + answer);
        }
        return result;
    }
}

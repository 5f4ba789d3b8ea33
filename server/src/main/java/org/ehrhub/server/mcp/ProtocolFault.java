package org.ehrhub.server.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON-RPC error the hub answers with by itself (JSON-RPC 2.0 section 5.1): the message was no MCP message, or not one
 * this server takes. Its words are the hub's own.
 *
 * @param id the id of the message, where it had a usable one
 * @param message what is wrong and what to do
 */
record ProtocolFault(@Nullable JsonNode id, int code, String message) {
    static final int NOT_JSON = -32700;
    static final int NOT_A_MESSAGE = -32600;
    static final int NO_SUCH_METHOD = -32601;
    static final int BAD_PARAMETERS = -32602;
    static final int INTERNAL = -32603;
    /** Of the range JSON-RPC leaves to servers. */
    static final int BUSY = -32000;

    ProtocolFault(int code, String message) {
        this(null, code, message);
    }

    String json(JsonMapper json) {
        var root = json.createObjectNode();
        root.put("jsonrpc", "2.0").set("id", id == null ? json.nullNode() : id);
        root.putObject("error").put("code", code).put("message", message);
        return json.writeValueAsString(root);
    }
}

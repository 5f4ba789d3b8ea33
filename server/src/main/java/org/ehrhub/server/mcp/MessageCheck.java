package org.ehrhub.server.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at a message before the SDK does, which answers some malformed ones with an exception's text, some with nothing,
 * and ends a stdio session at the first. What passes is one JSON-RPC message, and a call of a tool that exists.
 */
final class MessageCheck {
    /** Those of MCP that a client may send; of another the SDK would repeat the name. */
    private static final Set<String> METHODS = Set.of(
            "initialize",
            "ping",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/read",
            "resources/templates/list",
            "resources/subscribe",
            "resources/unsubscribe",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "logging/setLevel");

    private final JsonMapper json;
    private final Predicate<String> isTool;

    MessageCheck(JsonMapper json, Predicate<String> isTool) {
        this.json = json;
        this.isTool = isTool;
    }

    /** What a message turned out to be. */
    sealed interface Incoming {
        /** A request. */
        record Request(JsonNode id, String method, @Nullable JsonNode params) implements Incoming {
            /** The id as the SDK takes it. */
            Object plainId() {
                return id.isString() ? id.stringValue() : (Object) id.longValue();
            }
        }

        /** A notification. */
        record Notification(String method, @Nullable JsonNode params) implements Incoming {}

        /** The answer to a request of the server. */
        record Response(ObjectNode message) implements Incoming {}

        /** Nothing to work on. */
        record Refused(ProtocolFault fault) implements Incoming {}
    }

    Incoming of(byte[] message) {
        try {
            // Strictly UTF-8, so that nobody behind reads other characters from the same bytes.
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
            var tree = json.readTree(text.toString());
            if (tree.isMissingNode()) {
                return notJson();
            }
            return tree instanceof ObjectNode object ? ofObject(object) : notAMessage(null, "to be one JSON object");
        } catch (CharacterCodingException | JacksonException e) {
            return notJson();
        }
    }

    private static Incoming notJson() {
        return refused(null, ProtocolFault.NOT_JSON, "The message is not JSON in UTF-8.");
    }

    private Incoming ofObject(ObjectNode message) {
        var id = message.get("id");
        var usableId = id != null && (id.isString() || (id.isIntegralNumber() && id.canConvertToLong()));
        var echo = usableId ? id : null;
        if (!"2.0".equals(text(message.get("jsonrpc")))) {
            return notAMessage(echo, "`jsonrpc` \"2.0\"");
        }
        if (id != null && !usableId) {
            return notAMessage(null, "an `id` that is a string or an integer");
        }
        var params = message.get("params");
        if (params != null && !params.isObject() && !params.isNull()) {
            return notAMessage(echo, "`params` that are an object");
        }
        return message.has("method") ? ofMethod(message, echo, params) : ofAnswer(message, echo);
    }

    private Incoming ofMethod(ObjectNode message, @Nullable JsonNode id, @Nullable JsonNode params) {
        var method = text(message.get("method"));
        if (method == null || method.isEmpty()) {
            return notAMessage(id, "a `method` that is a string");
        }
        if (id == null) {
            return new Incoming.Notification(method, params);
        }
        if (!METHODS.contains(method)) {
            return refused(id, ProtocolFault.NO_SUCH_METHOD, "There is no such method.");
        }
        var fault = switch (method) {
            case "tools/call" -> callFault(id, params);
            case "resources/read" -> readFault(id, params);
            default -> null;
        };
        return fault == null ? new Incoming.Request(id, method, params) : fault;
    }

    private static Incoming ofAnswer(ObjectNode message, @Nullable JsonNode id) {
        var error = message.get("error");
        var wellFormed = error == null
                || (error.isObject()
                        && error.path("code").isInt()
                        && error.path("message").isString());
        return id != null && wellFormed && message.has("result") != message.has("error")
                ? new Incoming.Response(message)
                : notAMessage(id, "a `method`, or a `result` or an `error` with an `id`");
    }

    private Incoming.@Nullable Refused callFault(JsonNode id, @Nullable JsonNode params) {
        var name = params == null ? null : text(params.get("name"));
        if (params == null || name == null) {
            return refused(id, ProtocolFault.BAD_PARAMETERS, "`params.name` must be the name of a tool.");
        }
        if (!isTool.test(name)) {
            return refused(
                    id,
                    ProtocolFault.BAD_PARAMETERS,
                    "There is no such tool. Call tools/list for the tools there are.");
        }
        if (!isObjectOrAbsent(params, "arguments") || !isObjectOrAbsent(params, "_meta")) {
            return refused(
                    id, ProtocolFault.BAD_PARAMETERS, "`params.arguments` and `params._meta` must be JSON objects.");
        }
        return null;
    }

    private static Incoming.@Nullable Refused readFault(JsonNode id, @Nullable JsonNode params) {
        return params == null || text(params.get("uri")) == null
                ? refused(id, ProtocolFault.BAD_PARAMETERS, "`params.uri` must be the address of a resource.")
                : null;
    }

    private static boolean isObjectOrAbsent(JsonNode params, String name) {
        var value = params.get(name);
        return value == null || value.isNull() || value.isObject();
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : null;
    }

    private static Incoming.Refused notAMessage(@Nullable JsonNode id, String missing) {
        return refused(
                id, ProtocolFault.NOT_A_MESSAGE, "The message is not a JSON-RPC message: it needs " + missing + ".");
    }

    private static Incoming.Refused refused(@Nullable JsonNode id, int code, String words) {
        return new Incoming.Refused(new ProtocolFault(id, code, words));
    }
}

package org.ehrhub.server.mcp;

import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * JSON as MCP messages are read and written. Numbers keep their digits. Errors the SDK makes lose what it puts into them:
 * a stack trace (it serialises the exception), and the text of exceptions, which may quote arguments.
 */
final class ProtocolJson {
    private ProtocolJson() {}

    static JsonMapper mapper() {
        var errors = new SimpleModule("errors")
                .addSerializer(McpError.class, new BareError())
                .addSerializer(JSONRPCError.class, new PlainError());
        return JsonMapper.builder()
                .addModule(errors)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    static JacksonMcpJsonMapper forSdk(JsonMapper mapper) {
        return new JacksonMcpJsonMapper(mapper);
    }

    private static String words(JSONRPCError error) {
        return switch (error.code()) {
            case ProtocolFault.NOT_A_MESSAGE -> "The message is not a valid MCP message.";
            case ProtocolFault.INTERNAL ->
                error.message().startsWith("Session not found")
                        ? "There is no such session; send `initialize` again."
                        : "The hub failed on this message.";
            default -> error.message();
        };
    }

    /** The error of a response: code and words, no data. */
    private static final class PlainError extends StdSerializer<JSONRPCError> {
        PlainError() {
            super(JSONRPCError.class);
        }

        @Override
        public void serialize(JSONRPCError error, JsonGenerator out, SerializationContext context) {
            out.writeStartObject();
            out.writeNumberProperty("code", error.code());
            out.writeStringProperty("message", words(error));
            out.writeEndObject();
        }
    }

    /** The error of an HTTP answer outside a session: a whole message. */
    private static final class BareError extends StdSerializer<McpError> {
        BareError() {
            super(McpError.class);
        }

        @Override
        public void serialize(McpError error, JsonGenerator out, SerializationContext context) {
            out.writeStartObject();
            out.writeStringProperty("jsonrpc", "2.0");
            out.writeNullProperty("id");
            out.writeName("error");
            context.writeValue(out, error.getJsonRpcError());
            out.writeEndObject();
        }
    }
}

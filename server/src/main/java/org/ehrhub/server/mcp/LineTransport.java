package org.ehrhub.server.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The writing side of one connection: a message a line (MCP, Transports, stdio), whole lines even when many answer at once. */
final class LineTransport implements McpServerTransport {
    private final OutputStream out;
    private final JsonMapper json;
    private final ReentrantLock turn = new ReentrantLock();

    LineTransport(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> write(json.writeValueAsBytes(message)));
    }

    void send(ProtocolFault fault) {
        write(fault.json(json).getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] message) {
        turn.lock();
        try {
            out.write(message);
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The client is gone", e);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, json.getTypeFactory().constructType(type.getType()));
    }

    @Override
    public Mono<Void> closeGracefully() {
        // The stream belongs to whoever opened the connection.
        return Mono.empty();
    }
}

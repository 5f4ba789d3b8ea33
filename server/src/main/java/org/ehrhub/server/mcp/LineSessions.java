package org.ehrhub.server.mcp;

import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** MCP as lines of JSON (MCP, Transports, stdio) for any number of connections; a malformed line costs only itself. */
public final class LineSessions implements LocalConversations {
    private final McpToolServer server;
    private final Provider provider = new Provider();

    /** Serves this server's tools. */
    public LineSessions(McpToolServer server) {
        this.server = server;
        server.serve(provider);
    }

    /**
     * Talks with one client until it ends its side and has its answers, or is gone; blocks, and closes neither stream.
     *
     * @throws IOException when the connection broke
     */
    @Override
    public void serve(InputStream in, OutputStream out, Caller caller) throws IOException {
        var transport = new LineTransport(out, server.json());
        var session = provider.open(transport);
        try {
            new LineConversation(server, session, transport, () -> server.contextOf(caller)).run(in);
        } finally {
            provider.close(session);
        }
    }

    @Override
    public void turnAway(OutputStream out) throws IOException {
        refuse(new ProtocolFault(ProtocolFault.BUSY, "The hub has as many local clients as it takes."), out);
    }

    /** Tells a client that there is no conversation to be had, and why. */
    void refuse(ProtocolFault fault, OutputStream out) throws IOException {
        try {
            new LineTransport(out, server.json()).send(fault);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The SDK's way of handing out sessions. */
    private static final class Provider implements McpServerTransportProvider {
        private final Set<McpServerSession> sessions = ConcurrentHashMap.newKeySet();
        private McpServerSession.@Nullable Factory factory;

        @Override
        public void setSessionFactory(McpServerSession.Factory sessionFactory) {
            factory = sessionFactory;
        }

        McpServerSession open(LineTransport transport) {
            if (factory == null) {
                throw new IllegalStateException("The SDK gave no sessions");
            }
            var session = factory.create(transport);
            sessions.add(session);
            return session;
        }

        void close(McpServerSession session) {
            sessions.remove(session);
            session.close();
        }

        @Override
        public Mono<Void> notifyClients(String method, Object params) {
            return Flux.fromIterable(sessions)
                    .flatMap(session -> session.sendNotification(method, params).onErrorComplete())
                    .then();
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Flux.fromIterable(sessions)
                    .flatMap(McpServerSession::closeGracefully)
                    .then();
        }
    }
}

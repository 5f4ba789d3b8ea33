package org.ehrhub.server.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import org.ehrhub.server.mcp.MessageCheck.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * One client on one connection. Requests are worked on at the same time, each on a virtual thread; what is no message is
 * answered and skipped.
 */
final class LineConversation {
    private static final Logger LOG = LoggerFactory.getLogger(LineConversation.class);
    private static final String INITIALIZED = "notifications/initialized";
    /** Requests of one client at once; a client that sends more is not read from until one is answered. */
    private static final int AT_ONCE = 64;

    private final McpToolServer server;
    private final McpServerSession session;
    private final LineTransport transport;
    private final CallerContexts caller;
    private final Semaphore underWay = new Semaphore(AT_ONCE);
    private boolean initialized;

    LineConversation(McpToolServer server, McpServerSession session, LineTransport transport, CallerContexts caller) {
        this.server = server;
        this.session = session;
        this.transport = transport;
        this.caller = caller;
    }

    /** A fresh context for each message, as what a caller may use changes while it is connected. */
    interface CallerContexts {
        CallerContext next();
    }

    /** Talks until the client ends its side and has its answers, or is gone. */
    void run(InputStream in) throws IOException {
        var limit = server.settings().maxRequestBytes();
        var lines = new LineReader(in, limit);
        var check = server.messageCheck();
        try {
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (line.tooLong()) {
                    transport.send(new ProtocolFault(
                            ProtocolFault.NOT_A_MESSAGE, "The message is larger than " + limit + " bytes."));
                } else {
                    take(check.of(line.bytes()));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            underWay.acquireUninterruptibly(AT_ONCE);
        }
    }

    private void take(Incoming incoming) {
        switch (incoming) {
            case Incoming.Refused(var fault) -> transport.send(fault);
            case Incoming.Response(var message) -> handle(server.json().treeToValue(message, JSONRPCResponse.class));
            case Incoming.Notification(var method, var params) -> notified(method, params);
            case Incoming.Request call -> {
                var request = new JSONRPCRequest(call.method(), call.plainId(), call.params());
                if (call.method().equals("initialize")) {
                    initialize(request);
                } else if (initialized) {
                    answer(request);
                } else {
                    // The SDK would hold the request until the client says it is ready, if it ever does.
                    transport.send(new ProtocolFault(
                            call.id(),
                            ProtocolFault.NO_SUCH_METHOD,
                            "There is no session yet: send `initialize` first."));
                }
            }
        }
    }

    private void initialize(JSONRPCRequest request) {
        handle(request);
        if (!initialized) {
            initialized = true;
            handle(new JSONRPCNotification(INITIALIZED));
        }
    }

    private void notified(String method, JsonNode params) {
        // The SDK was told when it answered `initialize`, so that clients which forget to are served too.
        if (initialized && !method.equals(INITIALIZED)) {
            handle(new JSONRPCNotification(method, params));
        }
    }

    private void answer(JSONRPCRequest request) {
        underWay.acquireUninterruptibly();
        Thread.ofVirtual().name("mcp-line").start(() -> {
            try {
                handle(request);
            } finally {
                underWay.release();
            }
        });
    }

    /** The SDK keeps no lists of a caller's own. */
    private Mono<Void> work(JSONRPCMessage message) {
        return message instanceof JSONRPCRequest request && request.method().equals(HubResources.LIST)
                ? transport.sendMessage(
                        JSONRPCResponse.result(request.id(), server.resources().list(caller.next())))
                : session.handle(message);
    }

    @SuppressWarnings("IllegalCatch")
    private void handle(JSONRPCMessage message) {
        try {
            work(message)
                    .contextWrite(context -> context.put(McpTransportContext.KEY, caller.next()))
                    .block();
        } catch (RuntimeException e) {
            LOG.debug("A message on the local socket came to nothing: {}", FaultTrace.of(e));
        }
    }
}

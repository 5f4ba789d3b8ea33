package org.ehrhub.server.mcp;

import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ehrhub.server.mcp.HttpGate.Refusal;
import org.ehrhub.server.mcp.MessageCheck.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * MCP over Streamable HTTP, to be mapped to {@code /mcp} exactly: a gate in front of the SDK's servlet, which refuses in the
 * hub's own words what the SDK would refuse with a stack trace, or let pass.
 */
public final class McpEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The path, fixed because clients are set up with it. */
    public static final String PATH = "/mcp";

    private static final Logger LOG = LoggerFactory.getLogger(McpEndpoint.class);
    /** Finds streams whose client is gone; a client answers a ping at once. */
    private static final Duration PING_EVERY = Duration.ofMinutes(1);
    /** A session not used for one to two of these is forgotten; its client is told to initialize again. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final transient HttpServletStreamableServerTransportProvider sdk;
    private final transient HttpGate gate;
    private final transient MessageCheck check;
    private final transient JsonMapper json;
    private final transient Semaphore calls;
    private final int maxCalls;
    private final int maxBytes;
    private volatile boolean draining;

    /** An endpoint of this server. */
    public McpEndpoint(McpToolServer server, Callers callers) {
        var settings = server.settings();
        this.json = server.json();
        this.check = server.messageCheck();
        this.maxBytes = settings.maxRequestBytes();
        this.maxCalls = settings.maxCalls();
        this.calls = new Semaphore(maxCalls);
        this.sdk = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(ProtocolJson.forSdk(json))
                .mcpEndpoint(PATH)
                .contextExtractor(request -> server.contextOf(callers.of(request)))
                .keepAliveInterval(PING_EVERY)
                .sessionSweepInterval(IDLE)
                .maxRequestSize(maxBytes)
                .build();
        this.gate = new HttpGate(settings, sdk.protocolVersions());
        server.serve(sdk);
    }

    @Override
    public void init() throws ServletException {
        sdk.init(getServletConfig());
    }

    /** Takes no new calls, waits for those under way, then ends the sessions and their streams. */
    public void drain(Duration limit) {
        draining = true;
        try {
            if (!calls.tryAcquire(maxCalls, limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some MCP calls were still running after {} and are cut off", limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sdk.closeGracefully().block(limit);
    }

    @Override
    public void destroy() {
        sdk.destroy();
    }

    @Override
    @SuppressWarnings("IllegalCatch")
    protected void service(HttpServletRequest request, HttpServletResponse raw) throws ServletException, IOException {
        var response = new JsonErrors(raw, json);
        try {
            var refusal = gate.refusal(request);
            if (refusal.isPresent()) {
                response.send(refusal.get());
            } else {
                serve(request, response);
            }
        } catch (RuntimeException e) {
            LOG.error("An MCP request failed inside the hub: {}", FaultTrace.of(e));
            response.send(
                    new Refusal(500, new ProtocolFault(ProtocolFault.INTERNAL, "The hub failed on this message.")));
        }
    }

    private void serve(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        switch (request.getMethod()) {
            case "POST" -> post(request, response);
            case "GET" -> stream(request, response);
            case "DELETE" -> sdk.service(request, response);
            default -> {
                response.setHeader("Allow", "GET, POST, DELETE");
                response.send(new Refusal(405, "Send MCP messages by POST."));
            }
        }
    }

    private void stream(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        sdk.service(request, response);
        if (request.isAsyncStarted()) {
            // The SDK sends nothing before the first event, and the client would not know that it has its stream.
            response.flushBuffer();
        }
    }

    private void bounded(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        if (draining || !calls.tryAcquire()) {
            response.setHeader("Retry-After", "1");
            var fault = new ProtocolFault(
                    ProtocolFault.BUSY, "The hub has as many calls as it takes, or is stopping; try again.");
            response.send(new Refusal(503, fault));
            return;
        }
        try {
            sdk.service(request, response);
        } finally {
            calls.release();
        }
    }

    private void post(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        if (!isJson(request.getContentType())) {
            response.send(new Refusal(415, "Content-Type must be application/json."));
            return;
        }
        var body = RequestBody.read(request, maxBytes);
        if (body.isEmpty()) {
            response.setHeader("Connection", "close");
            response.send(new Refusal(413, "The message is larger than " + maxBytes + " bytes."));
        } else if (check.of(body.get()) instanceof Incoming.Refused(var fault)) {
            // An answer to a request that can be named is an answer, not a failure of HTTP.
            response.send(new Refusal(fault.code() == ProtocolFault.BAD_PARAMETERS ? 200 : 400, fault));
        } else {
            // Only now: a message that arrives slowly takes no call's place.
            bounded(new RequestBody(request, body.get()), response);
        }
    }

    private static boolean isJson(String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }
}

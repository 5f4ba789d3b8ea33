package org.ehrhub.server.mcp;

import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ehrhub.server.mcp.Admission.Admitted;
import org.ehrhub.server.mcp.Admission.TurnedAway;
import org.ehrhub.server.mcp.HttpGate.Refusal;
import org.ehrhub.server.mcp.MessageCheck.Incoming;
import org.ehrhub.server.mcp.SessionOwners.Owner;
import org.ehrhub.tools.TraceContext;
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

    static final String SESSION = "Mcp-Session-Id";

    private static final String ADMITTED = McpEndpoint.class.getName() + ".admitted";
    private static final Logger LOG = LoggerFactory.getLogger(McpEndpoint.class);
    /** Finds streams whose client is gone; a client answers a ping at once. */
    private static final Duration PING_EVERY = Duration.ofMinutes(1);

    private final transient HttpServletStreamableServerTransportProvider sdk;
    private final transient HttpGate gate;
    private final transient Cors cors;
    private final transient Callers callers;
    private final transient McpToolServer tools;
    private final transient SessionOwners owners;
    private final transient MessageCheck check;
    private final transient JsonMapper json;
    private final transient Semaphore calls;
    private final int maxCalls;
    private final int maxBytes;
    private volatile boolean draining;

    /** An endpoint of this server. */
    public McpEndpoint(McpToolServer server, Callers callers) {
        var settings = server.settings();
        this.tools = server;
        this.callers = callers;
        this.owners = new SessionOwners(settings.sessions(), InstantSource.system());
        this.json = server.json();
        this.check = server.messageCheck();
        this.maxBytes = settings.maxRequestBytes();
        this.maxCalls = settings.maxCalls();
        this.calls = new Semaphore(maxCalls);
        this.sdk = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(ProtocolJson.forSdk(json))
                .mcpEndpoint(PATH)
                .contextExtractor(this::context)
                .keepAliveInterval(PING_EVERY)
                .sessionSweepInterval(settings.sessions().idle())
                .maxRequestSize(maxBytes)
                .build();
        this.gate = new HttpGate(settings, sdk.protocolVersions());
        this.cors = new Cors(gate);
        server.serve(sdk);
    }

    private CallerContext context(HttpServletRequest request) {
        var caller = admitted(request).caller();
        var trace = TraceContext.read(request.getHeader("traceparent"), request.getHeader("tracestate"));
        return tools.contextOf(caller, tool -> callers.stepUp(caller, tool).isEmpty(), trace);
    }

    private static Admitted admitted(HttpServletRequest request) {
        return (Admitted) request.getAttribute(ADMITTED);
    }

    private static Owner owner(HttpServletRequest request) {
        return Owner.of(admitted(request).caller());
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
            } else if (!cors.answered(request, response)) {
                admit(request, response);
            }
        } catch (RuntimeException e) {
            LOG.error("An MCP request failed inside the hub: {}", FaultTrace.of(e));
            response.send(
                    new Refusal(500, new ProtocolFault(ProtocolFault.INTERNAL, "The hub failed on this message.")));
        }
    }

    private void admit(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        switch (callers.admit(request)) {
            case TurnedAway away -> turnAway(away, response);
            case Admitted in -> {
                request.setAttribute(ADMITTED, in);
                var session = request.getHeader(SESSION);
                if (session == null || owners.isOf(session, owner(request))) {
                    serve(request, response);
                } else {
                    response.sendError(404);
                }
            }
        }
    }

    private static void turnAway(TurnedAway away, JsonErrors response) throws IOException {
        away.challenges().forEach(challenge -> response.addHeader("WWW-Authenticate", challenge));
        response.send(new Refusal(away.status(), away.words()));
    }

    private void serve(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        switch (request.getMethod()) {
            case "POST" -> post(request, response);
            case "GET" -> stream(request, response);
            case "DELETE" -> delete(request, response);
            default -> {
                response.setHeader("Allow", "GET, POST, DELETE");
                response.send(new Refusal(405, "Send MCP messages by POST."));
            }
        }
    }

    private void delete(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        sdk.service(request, response);
        var session = request.getHeader(SESSION);
        if (session != null) {
            owners.ended(session);
        }
    }

    private void stream(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        sdk.service(request, response);
        if (request.isAsyncStarted()) {
            var session = request.getHeader(SESSION);
            owners.streams(session, 1);
            StreamLife.watch(request.getAsyncContext(), admitted(request), () -> owners.streams(session, -1));
            // The SDK sends nothing before the first event, and the client would not know that it has its stream.
            response.flushBuffer();
        }
    }

    private void initialize(HttpServletRequest request, JsonErrors response) throws ServletException, IOException {
        var place = owners.place(owner(request));
        if (place.isEmpty()) {
            busy(response, "The hub has as many sessions as it takes; try again later.");
            return;
        }
        try {
            for (var session : place.get().ended()) {
                sdk.service(new SessionEnd(request, session), new SessionEnd.Unread(response));
            }
            sdk.service(request, new NewSession(response, id -> owners.begun(place.get(), id)));
        } finally {
            owners.ended(place.get().id());
        }
    }

    /** The SDK keeps no lists of a caller's own; without a session it says what is missing. */
    private void list(HttpServletRequest request, Incoming.Request call, JsonErrors response)
            throws ServletException, IOException {
        if (request.getHeader(SESSION) == null) {
            sdk.service(request, response);
            return;
        }
        var found = tools.resources().list(context(request));
        response.answer(JSONRPCResponse.result(call.plainId(), found));
    }

    private static void busy(JsonErrors response, String words) throws IOException {
        response.setHeader("Retry-After", "1");
        response.send(new Refusal(503, new ProtocolFault(ProtocolFault.BUSY, words)));
    }

    private void bounded(HttpServletRequest request, Incoming message, JsonErrors response)
            throws ServletException, IOException {
        if (draining || !calls.tryAcquire()) {
            busy(response, "The hub has as many calls as it takes, or is stopping; try again.");
            return;
        }
        try {
            switch (message instanceof Incoming.Request call ? call.method() : "") {
                case "initialize" -> initialize(request, response);
                case HubResources.LIST -> list(request, (Incoming.Request) message, response);
                default -> sdk.service(request, response);
            }
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
        } else {
            dispatch(check.of(body.get()), new RequestBody(request, body.get()), response);
        }
    }

    private void dispatch(Incoming message, RequestBody request, JsonErrors response)
            throws ServletException, IOException {
        if (message instanceof Incoming.Refused(var fault)) {
            // An answer to a request that can be named is an answer, not a failure of HTTP.
            var named = fault.code() == ProtocolFault.BAD_PARAMETERS || fault.code() == ProtocolFault.NO_SUCH_METHOD;
            response.send(new Refusal(named ? 200 : 400, fault));
            return;
        }
        var lacking = message instanceof Incoming.Request call ? stepUp(call, request) : Optional.<TurnedAway>empty();
        if (lacking.isPresent()) {
            turnAway(lacking.get(), response);
            return;
        }
        // Only now: a message that arrives slowly takes no call's place.
        bounded(request, message, response);
    }

    /** Decided before the answer begins: afterwards there is no status to say it with. */
    private Optional<TurnedAway> stepUp(Incoming.Request call, HttpServletRequest request) {
        var params = call.params();
        return call.method().equals("tools/call") && params != null
                ? tools.tool(params.path("name").asString())
                        .flatMap(tool -> callers.stepUp(admitted(request).caller(), tool))
                : Optional.empty();
    }

    private static boolean isJson(String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }
}

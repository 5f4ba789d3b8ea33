package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The hub's metrics for whoever would be let in to call: on this machine while there is no login, with a token where there is. */
public final class MetricsEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The path, where Prometheus looks for it. */
    public static final String PATH = "/metrics";

    private final transient HttpGate gate;
    private final transient Callers callers;
    private final transient Supplier<String> metrics;

    /** An endpoint that shows this text. */
    public MetricsEndpoint(McpSettings settings, Callers callers, Supplier<String> metrics) {
        this.gate = new HttpGate(settings, List.of());
        this.callers = callers;
        this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var refusal = gate.refusal(request);
        if (refusal.isPresent()) {
            response.setStatus(refusal.get().status());
        } else if (callers.admit(request) instanceof Admission.TurnedAway away) {
            away.challenges().forEach(challenge -> response.addHeader("WWW-Authenticate", challenge));
            response.setStatus(away.status());
        } else {
            response.setContentType("text/plain; version=0.0.4; charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            response.getOutputStream().write(metrics.get().getBytes(StandardCharsets.UTF_8));
        }
    }
}

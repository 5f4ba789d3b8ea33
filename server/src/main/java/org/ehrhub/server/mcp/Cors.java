package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What a browser must be told before a page of a configured origin may use the hub (Fetch standard, CORS protocol). No
 * credentials of the browser's own are asked for: a token is a header that the page sets.
 */
final class Cors {
    private static final String HEADERS =
            "Authorization, Content-Type, Accept, DPoP, Mcp-Session-Id, MCP-Protocol-Version,"
                    + " Mcp-Method, Mcp-Name, Last-Event-ID";
    private static final String EXPOSED = "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After";

    private final HttpGate gate;

    Cors(HttpGate gate) {
        this.gate = gate;
    }

    /** Marks the answer to a page of a configured origin; whether the request was the browser's own question and is answered. */
    boolean answered(HttpServletRequest request, HttpServletResponse response) {
        var origin = request.getHeader("Origin");
        if (!gate.isNamed(origin)) {
            return false;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.addHeader("Vary", "Origin");
        var method = request.getHeader("Access-Control-Request-Method");
        if (!request.getMethod().equals("OPTIONS") || method == null) {
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
            return false;
        }
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE");
        response.setHeader("Access-Control-Allow-Headers", HEADERS);
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return true;
    }
}

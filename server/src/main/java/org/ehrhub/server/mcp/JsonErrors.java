package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.ehrhub.server.mcp.HttpGate.Refusal;
import tools.jackson.databind.json.JsonMapper;

/** A response whose errors are JSON-RPC messages, not the server's error pages, and whose connection is the server's to keep or end. */
final class JsonErrors extends HttpServletResponseWrapper {
    private final JsonMapper json;

    JsonErrors(HttpServletResponse response, JsonMapper json) {
        super(response);
        this.json = json;
    }

    void send(Refusal refusal) throws IOException {
        if (isCommitted()) {
            return;
        }
        write(refusal.status(), refusal.fault().json(json).getBytes(StandardCharsets.UTF_8));
    }

    /** One answer, whole. */
    void answer(Object message) throws IOException {
        write(200, json.writeValueAsBytes(message));
    }

    private void write(int status, byte[] body) throws IOException {
        setStatus(status);
        setContentType("application/json");
        setContentLength(body.length);
        getOutputStream().write(body);
    }

    @Override
    public void setHeader(String name, String value) {
        // The SDK promises to keep connections that the web server is about to close; the client's next call would be
        // lost.
        if (!"Connection".equalsIgnoreCase(name) || "close".equalsIgnoreCase(value)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        send(new Refusal(status, words(status)));
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sendError(status);
    }

    private static String words(int status) {
        return switch (status) {
            case 404 -> "There is no such session; send `initialize` again.";
            case 405 -> "This method is not offered here.";
            case 413 -> "The message is too large.";
            case 503 -> "The hub is shutting down.";
            default -> "The request could not be served.";
        };
    }
}

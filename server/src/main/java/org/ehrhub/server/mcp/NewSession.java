package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.function.Consumer;

/** The answer to {@code initialize}, which tells of the new session's id before the client learns it. */
final class NewSession extends HttpServletResponseWrapper {
    private final Consumer<String> begun;

    NewSession(HttpServletResponse response, Consumer<String> begun) {
        super(response);
        this.begun = begun;
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(McpEndpoint.SESSION)) {
            begun.accept(value);
        }
        super.setHeader(name, value);
    }
}

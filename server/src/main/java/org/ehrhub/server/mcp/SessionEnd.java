package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;

/** The hub's own DELETE of a session, in the only form the SDK takes one: a request, whose answer nobody reads. */
final class SessionEnd extends HttpServletRequestWrapper {
    private final String session;

    SessionEnd(HttpServletRequest cause, String session) {
        super(cause);
        this.session = session;
    }

    @Override
    public String getMethod() {
        return "DELETE";
    }

    @Override
    public String getHeader(String name) {
        return name.equalsIgnoreCase(McpEndpoint.SESSION) ? session : super.getHeader(name);
    }

    /** Takes the answer and drops it. */
    static final class Unread extends HttpServletResponseWrapper {
        Unread(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setStatus(int status) {}

        @Override
        public void sendError(int status) {}

        @Override
        public void sendError(int status, String message) {}

        @Override
        public void setHeader(String name, String value) {}

        @Override
        public void setContentType(String type) {}

        @Override
        public void setCharacterEncoding(String encoding) {}

        @Override
        public PrintWriter getWriter() {
            return new PrintWriter(Writer.nullWriter());
        }
    }
}

package org.ehrhub.server.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.ehrhub.tools.Caller;

/** What is talked about at a local socket. */
public interface LocalConversations {
    /**
     * Talks with one client until it ends its side and has its answers.
     *
     * @throws IOException when the connection broke
     */
    void serve(InputStream in, OutputStream out, Caller caller) throws IOException;

    /**
     * Tells a client that there are too many.
     *
     * @throws IOException when the connection broke
     */
    void turnAway(OutputStream out) throws IOException;
}

package org.ehrhub.server.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.ehrhub.tools.Caller;

/**
 * A local socket of the desks where people look at approvals and at messages, apart from that of MCP: what an agent's client says on
 * stdin is passed on there and never comes here.
 */
public final class TalkSocket implements AutoCloseable {
    private static final int CLIENTS = 4;

    private final LocalSocketServer server;

    private TalkSocket(LocalSocketServer server) {
        this.server = server;
    }

    /**
     * Listens.
     *
     * @throws UncheckedIOException when it cannot
     */
    public static TalkSocket start(Path socket, LocalConversations talk, Caller localUser) {
        var server = new LocalSocketServer(socket, talk, localUser, CLIENTS);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TalkSocket(server);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

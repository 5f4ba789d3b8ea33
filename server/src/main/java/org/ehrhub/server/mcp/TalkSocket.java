package org.ehrhub.server.approvals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.ehrhub.server.mcp.LocalSocketServer;
import org.ehrhub.tools.Caller;

/**
 * The desk's own local socket, apart from that of MCP: what an agent's client says on stdin is passed on there and never comes
 * here.
 */
public final class DeskSocket implements AutoCloseable {
    private static final int CLIENTS = 4;

    private final LocalSocketServer server;

    private DeskSocket(LocalSocketServer server) {
        this.server = server;
    }

    /**
     * Listens.
     *
     * @throws UncheckedIOException when it cannot
     */
    public static DeskSocket start(Path socket, DeskTalk talk, Caller localUser) {
        var server = new LocalSocketServer(socket, talk, localUser, CLIENTS);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DeskSocket(server);
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

package org.ehrhub.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.ehrhub.server.approvals.DeskTalk;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.LineSessions;
import org.ehrhub.server.mcp.LocalSocketServer;
import org.ehrhub.server.mcp.McpToolServer;
import org.ehrhub.server.mcp.TalkSocket;
import org.ehrhub.tools.Caller;

/** A hub without a web server, for one client on stdin and for others at the local socket while it lasts. */
public final class LocalHub implements AutoCloseable {
    private final StartingHub hub;
    private final LineSessions sessions;
    private final LocalSocketServer socket;
    private final TalkSocket desk;
    private final Caller user;

    private LocalHub(StartingHub hub, LineSessions sessions, LocalSocketServer socket, TalkSocket desk, Caller user) {
        this.desk = desk;
        this.hub = hub;
        this.sessions = sessions;
        this.socket = socket;
        this.user = user;
    }

    /** Starts a hub, which owns the directory from now on; messages neither come nor go while it is the one that runs. */
    public static LocalHub start(Configuration configuration, DataDirectory directory, String version)
            throws IOException {
        var hub = StartingHub.of(configuration.withoutChannels(), directory);
        var user = configuration.settings().caller().callers().localUser();
        var settings = configuration.settings().mcp(version, DataDirectory.socket(directory.path()));
        var sessions = new LineSessions(new McpToolServer(hub, settings));
        var socket = new LocalSocketServer(
                DataDirectory.socket(directory.path()), sessions, user, settings.maxLocalClients());
        socket.start();
        var talk = new DeskTalk(
                () -> hub.await().desk(),
                () -> List.of("This hub serves one client on stdin and has no page; use approvals list and show"));
        var desk = TalkSocket.start(DataDirectory.approvalSocket(directory.path()), talk, user);
        return new LocalHub(hub, sessions, socket, desk, user);
    }

    /**
     * Talks with one client until it ends its side and has its answers.
     *
     * @throws IOException when the connection broke
     */
    public void serve(InputStream in, OutputStream out) throws IOException {
        sessions.serve(in, out, user);
    }

    @Override
    public void close() throws IOException {
        try (hub;
                desk) {
            socket.close();
        }
    }
}

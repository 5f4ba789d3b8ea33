package org.ehrhub.server.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@code stdio} command attached to a running hub: bytes from stdin to the hub's socket and from there to stdout. Uses
 * the JDK only, so that a client's first answer comes fast.
 */
public final class StdioBridge implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final SocketChannel hub;
    private volatile boolean clientDone;

    private StdioBridge(SocketChannel hub) {
        this.hub = hub;
    }

    /** How a conversation ended, with the exit code that says so. */
    public enum Ending {
        /** The client ended its side and has its answers. */
        CLIENT_DONE(0),
        /** The hub ended the connection first. */
        HUB_GONE(75);

        private final int exitCode;

        Ending(int exitCode) {
            this.exitCode = exitCode;
        }

        /** 0, or 75 as sysexits.h has it for what may work when tried again. */
        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * Connects to the hub that owns this socket.
     *
     * @return the bridge, or nothing when no hub answers there: then the caller may start one
     * @throws IOException when a hub may be there and cannot be reached
     */
    public static Optional<StdioBridge> open(Path socket) throws IOException {
        return LocalSocket.connect(socket).map(StdioBridge::new);
    }

    /**
     * Carries bytes both ways until the client ends its side and has its answers, or the hub is gone. When the hub went
     * first, a daemon thread may still be reading {@code in}; the process is expected to exit.
     *
     * @throws IOException when {@code out} cannot be written to
     */
    public Ending run(InputStream in, OutputStream out) throws IOException {
        Thread.ofPlatform().daemon().name("stdin").start(() -> toHub(in));
        var fromHub = Channels.newInputStream(hub);
        var buffer = new byte[BUFFER];
        for (int read = readOrEnd(fromHub, buffer); read >= 0; read = readOrEnd(fromHub, buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
        return clientDone ? Ending.CLIENT_DONE : Ending.HUB_GONE;
    }

    private void toHub(InputStream in) {
        try {
            in.transferTo(Channels.newOutputStream(hub));
            clientDone = true;
            hub.shutdownOutput();
        } catch (IOException e) {
            // The hub is gone: the other direction sees it as well, and says so.
        }
    }

    private static int readOrEnd(InputStream hub, byte[] buffer) {
        try {
            return hub.read(buffer);
        } catch (IOException e) {
            // A hub that was killed resets the connection, which ends the conversation as an orderly end does.
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        hub.close();
    }
}

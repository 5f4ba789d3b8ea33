package org.ehrhub.server.mcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The hub's Unix domain socket as its clients see it. Uses the JDK only, so that a process that only attaches starts fast. */
public final class LocalSocket {
    /** What every supported system takes (sun_path of macOS, less its end). */
    private static final int LONGEST_PATH = 103;

    private LocalSocket() {}

    /**
     * Connects to the hub that owns this socket.
     *
     * @return the connection, or nothing when no hub answers there
     * @throws IOException when a hub may be there and cannot be reached, as when the socket is another user's
     */
    public static Optional<SocketChannel> connect(Path socket) throws IOException {
        var address = address(socket);
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(address);
            return Optional.of(channel);
        } catch (ConnectException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            if (e instanceof SocketException && !Files.exists(socket)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The address of a socket.
     *
     * @throws IOException when the path is longer than a system takes
     */
    public static UnixDomainSocketAddress address(Path socket) throws IOException {
        if (socket.toString().getBytes(Charset.defaultCharset()).length > LONGEST_PATH) {
            throw new IOException("The path of the hub's socket has more than " + LONGEST_PATH
                    + " bytes, more than every system takes; name the data directory by a shorter path, such as a symbolic"
                    + " link to it, or run this in a folder nearer to it: " + socket);
        }
        return UnixDomainSocketAddress.of(socket);
    }
}

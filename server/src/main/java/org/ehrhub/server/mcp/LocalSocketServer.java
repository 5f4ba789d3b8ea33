package org.ehrhub.server.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix domain socket of the hub: MCP for {@code stdio} and {@code call}, or the desk of approvals. That only the owner can open the socket is what proves
 * who is calling.
 */
public final class LocalSocketServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSocketServer.class);
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path socket;
    private final LocalConversations sessions;
    private final Caller caller;
    private final Semaphore free;
    private final int most;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocketChannel listening;

    /** A server at this path that takes so many clients at once, each of them this caller. */
    public LocalSocketServer(Path socket, LocalConversations sessions, Caller caller, int maxClients) {
        this.socket = socket; // as it was given: a relative path may be the one that is short enough
        this.sessions = sessions;
        this.caller = caller;
        this.most = maxClients;
        this.free = new Semaphore(maxClients);
    }

    /**
     * Listens, and returns.
     *
     * @throws IOException when another hub answers at the path, or its directory is not the owner's alone
     */
    public synchronized void start() throws IOException {
        var address = LocalSocket.address(socket);
        ownDirectory(Objects.requireNonNull(socket.toAbsolutePath().getParent(), "a socket is in a directory"));
        removeStale();
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(address);
            Files.setPosixFilePermissions(socket, OWNER_FILE);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        listening = channel;
        Thread.ofVirtual().name("mcp-socket").start(() -> accept(channel));
    }

    private static void ownDirectory(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
        }
        if (!OWNER_DIRECTORY.containsAll(Files.getPosixFilePermissions(directory))) {
            throw new IOException("Others can get at the directory of the hub's socket; make it the owner's alone "
                    + "(chmod 700): " + directory);
        }
    }

    private void removeStale() throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var file = Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!file.isOther()) {
            throw new IOException("What is at the path of the hub's socket is no socket; move it away: " + socket);
        }
        var answering = LocalSocket.connect(socket);
        if (answering.isPresent()) {
            answering.get().close();
            throw new IOException("Another hub answers at " + socket);
        }
        Files.delete(socket);
    }

    private void accept(ServerSocketChannel channel) {
        while (channel.isOpen()) {
            try {
                welcome(channel.accept());
            } catch (IOException e) {
                if (channel.isOpen()) {
                    LOG.warn("A client could not connect to the local socket: {}", FaultTrace.of(e));
                }
            }
        }
    }

    private void welcome(SocketChannel client) {
        open.add(client);
        if (free.tryAcquire()) {
            Thread.ofVirtual().name("mcp-client").start(() -> talk(client));
        } else {
            Thread.ofVirtual().name("mcp-turned-away").start(() -> turnAway(client));
        }
    }

    private void turnAway(SocketChannel client) {
        try (client) {
            sessions.turnAway(Channels.newOutputStream(client));
            client.shutdownOutput();
            // Closed with something unread, the connection would break before the client has read why.
            Channels.newInputStream(client).transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.debug("A local client that was turned away went first: {}", FaultTrace.of(e));
        } finally {
            open.remove(client);
        }
    }

    private void talk(SocketChannel client) {
        try (client) {
            sessions.serve(Channels.newInputStream(client), Channels.newOutputStream(client), caller);
        } catch (IOException e) {
            LOG.debug("A local client went away: {}", FaultTrace.of(e));
        } catch (RuntimeException e) {
            LOG.error("A local client's conversation met a fault and was ended:{}", FaultTrace.of(e));
        } finally {
            open.remove(client);
            free.release();
        }
    }

    /** Takes no new clients, lets those there have their answers, then ends their connections and removes the socket. */
    @Override
    public synchronized void close() throws IOException {
        if (listening == null) {
            return;
        }
        listening.close();
        listening = null;
        Files.deleteIfExists(socket);
        for (var client : open) {
            endInput(client);
        }
        if (!allGone()) {
            LOG.warn("Some local clients were still waiting after {} and are cut off", GRACE);
        }
        for (var client : open) {
            client.close();
        }
    }

    private static void endInput(SocketChannel client) {
        try {
            client.shutdownInput();
        } catch (IOException e) {
            LOG.debug("A local client was already gone: {}", FaultTrace.of(e));
        }
    }

    private boolean allGone() {
        try {
            return free.tryAcquire(most, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

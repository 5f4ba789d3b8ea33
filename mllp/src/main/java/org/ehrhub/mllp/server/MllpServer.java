package org.ehrhub.mllp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.sockets.Backoff;
import org.ehrhub.mllp.sockets.Securing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives messages over MLLP (HL7 MLLP Release 1). Each connection has a virtual thread, and the messages of one connection
 * are taken one after another, in their order; a sender that sends faster than they are taken is held back by TCP.
 */
public final class MllpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MllpServer.class);
    private static final int BACKLOG = 256;
    private static final Duration LONGEST_TO_END = Duration.ofSeconds(1);
    private static final long LONGEST_BETWEEN_LOOKS_MILLIS = 1000;

    private final ServerSettings settings;
    private final Service service;
    private final @Nullable ServerSocket listening;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread worker;

    private MllpServer(Service service, @Nullable ServerSocket listening) {
        this.settings = service.settings();
        this.service = service;
        this.listening = listening;
    }

    /**
     * Begins to listen.
     *
     * @param reply writes the acknowledgements
     * @throws IOException when the address is taken or is not this machine's
     */
    public static MllpServer start(ServerSettings settings, MessageReceiver receiver, Reply reply) throws IOException {
        var address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
        var listening = listen(settings, address);
        var server = new MllpServer(service(settings, receiver, reply), listening);
        return server.working("mllp-" + server.port(), () -> server.accept(listening));
    }

    /**
     * Reaches out to a sender that listens, and receives what it sends; where the connection cannot be made, or ends, it is made
     * again later.
     *
     * @param reply writes the acknowledgements
     */
    public static MllpServer dialling(ServerSettings settings, MessageReceiver receiver, Reply reply) {
        var server = new MllpServer(service(settings, receiver, reply), null);
        return server.working("mllp-to-" + settings.port(), server::dial);
    }

    private static Service service(ServerSettings settings, MessageReceiver receiver, Reply reply) {
        var numbers = settings.sequenceNumbers();
        return new Service(
                settings,
                receiver,
                new Replies(reply),
                new Pace(settings.rates().server()),
                numbers == null ? null : new Sequence(numbers));
    }

    private static ServerSocket listen(ServerSettings settings, InetSocketAddress address) throws IOException {
        var tls = settings.tls();
        var socket =
                tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
        if (socket instanceof SSLServerSocket secured) {
            secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            secured.setNeedClientAuth(settings.clientCertificate());
        }
        socket.bind(address, BACKLOG);
        return socket;
    }

    /** The port that it listens at, or reaches out to. */
    public int port() {
        return listening == null ? settings.port() : listening.getLocalPort();
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    private MllpServer working(String name, Runnable connecting) {
        worker = Thread.ofVirtual().name(name).start(connecting);
        Thread.ofVirtual().name("mllp-overdue-" + port()).start(this::watch);
        return this;
    }

    /** Until the last connection has ended, so that one whose answer nobody takes cannot keep the server from its end. */
    private void watch() {
        long between = Math.clamp(settings.answerLimit().toMillis() / 2, 1, LONGEST_BETWEEN_LOOKS_MILLIS);
        while (!hasEndedAfter(between)) {
            open.forEach(Connection::closeIfOverdue);
        }
    }

    private boolean hasEndedAfter(long millis) {
        try {
            return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean isClosedAfter(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void accept(ServerSocket socket) {
        while (!isClosed()) {
            try {
                admit(socket.accept());
            } catch (SocketException e) {
                if (!isClosed()) {
                    LOG.warn(
                            "A sender's connection could not be taken: {}",
                            e.getClass().getSimpleName());
                }
            } catch (IOException e) {
                LOG.warn(
                        "A sender's connection could not be taken: {}",
                        e.getClass().getSimpleName());
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        var refusal = refusal(socket.getInetAddress());
        if (refusal != null) {
            LOG.warn("A connection is refused: {}", refusal);
            socket.close();
            return;
        }
        serve(socket);
    }

    /** Gives what counts down when the connection has ended. */
    private CountDownLatch serve(Socket socket) throws IOException {
        var connection = new Connection(socket, service);
        var ended = new CountDownLatch(1);
        open.add(connection);
        try {
            threads.execute(() -> {
                try {
                    connection.run();
                } finally {
                    open.remove(connection);
                    ended.countDown();
                }
            });
        } catch (RejectedExecutionException e) {
            open.remove(connection);
            socket.close(); // it came as the server stopped
            ended.countDown();
        }
        if (isClosed()) {
            connection.stop();
        }
        return ended;
    }

    private void dial() {
        var backoff = new Backoff(settings.reconnect());
        while (!isClosedAfter(backoff.left().toMillis())) {
            try {
                var socket = dialled();
                backoff.succeeded();
                serve(socket).await();
            } catch (IOException e) {
                LOG.info("A sender could not be reached: {}", e.getClass().getSimpleName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            backoff.failed();
        }
    }

    private Socket dialled() throws IOException {
        var plain = new Socket();
        try {
            plain.connect(
                    new InetSocketAddress(settings.host(), settings.port()),
                    Math.toIntExact(settings.answerLimit().toMillis()));
            var tls = settings.tls();
            return tls == null ? plain : Securing.dialled(plain, tls, settings.host());
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private @Nullable String refusal(InetAddress sender) {
        if (open.size() >= settings.mostConnections()) {
            return "there are " + settings.mostConnections() + " already";
        }
        var senders = settings.senders();
        return senders.isEmpty() || senders.stream().anyMatch(range -> range.holds(sender))
                ? null
                : "its address is not among those that may connect";
    }

    /** Takes no more messages; one that is being taken is still answered. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        if (listening != null) {
            listening.close();
        }
        service.pace().close();
        open.forEach(Connection::stop);
        threads.close();
        try {
            if (listening != null && worker != null) {
                worker.join(LONGEST_TO_END); // until then the port is taken
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

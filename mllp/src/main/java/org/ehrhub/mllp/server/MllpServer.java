package org.ehrhub.mllp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;
import org.ehrhub.mllp.framing.Reply;
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

    private final ServerSettings settings;
    private final MessageReceiver receiver;
    private final Replies replies;
    private final ServerSocket listening;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Overdue overdue = new Overdue();
    private volatile boolean closed;

    private MllpServer(ServerSettings settings, MessageReceiver receiver, Reply reply, ServerSocket listening) {
        this.settings = settings;
        this.receiver = receiver;
        this.replies = new Replies(reply);
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
        var server = new MllpServer(settings, receiver, reply, listen(settings, address));
        Thread.ofVirtual().name("mllp-" + server.port()).start(server::accept);
        return server;
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

    /** The port that it listens at. */
    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    private void accept() {
        while (!closed) {
            try {
                serve(listening.accept());
            } catch (SocketException e) {
                if (!closed) {
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

    private void serve(Socket socket) throws IOException {
        var refusal = refusal(socket.getInetAddress());
        if (refusal != null) {
            LOG.warn("A connection is refused: {}", refusal);
            socket.close();
            return;
        }
        var connection = new Connection(socket, settings, receiver, replies, overdue);
        open.add(connection);
        threads.execute(() -> {
            try {
                connection.run();
            } finally {
                open.remove(connection);
            }
        });
        if (closed) {
            connection.stop();
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
        closed = true;
        listening.close();
        open.forEach(Connection::stop);
        threads.close();
        overdue.close();
    }
}

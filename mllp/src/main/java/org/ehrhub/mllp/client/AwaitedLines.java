package org.ehrhub.mllp.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections that the receiver makes, to a client that waits for it; where there are too many the newest are its own. */
final class AwaitedLines implements Lines {
    private static final Logger LOG = LoggerFactory.getLogger(AwaitedLines.class);
    private static final int MOST_HANDSHAKES = 64;
    private static final Duration LONGEST_TO_END = Duration.ofSeconds(1);

    private final ClientSettings settings;
    private final ServerSocketChannel listening;
    private final Thread accepting;
    private final IdleLines idle;
    private final Semaphore handshakes = new Semaphore(MOST_HANDSHAKES);

    private AwaitedLines(ClientSettings settings, ServerSocketChannel listening) {
        this.settings = settings;
        this.idle = new IdleLines(settings.connections());
        this.listening = listening;
        this.accepting = Thread.ofVirtual().name("mllp-from-" + port()).unstarted(this::accept);
    }

    static AwaitedLines at(ClientSettings settings) throws IOException {
        var listening = ServerSocketChannel.open();
        try {
            listening.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
        } catch (IOException e) {
            listening.close();
            throw e;
        }
        var lines = new AwaitedLines(settings, listening);
        lines.accepting.start();
        return lines;
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                admit(listening.accept().socket());
            } catch (IOException e) {
                if (listening.isOpen()) {
                    LOG.warn(
                            "A receiver's connection could not be taken: {}",
                            e.getClass().getSimpleName());
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        var receivers = settings.receivers();
        boolean allowed =
                receivers.isEmpty() || receivers.stream().anyMatch(range -> range.holds(socket.getInetAddress()));
        if (!allowed || !handshakes.tryAcquire()) {
            LOG.warn("A connection is refused: {}", allowed ? "there are too many" : "its address may not connect");
            socket.close();
            return;
        }
        if (settings.tls() == null) {
            keep(socket);
        } else {
            Thread.ofVirtual().name("mllp-handshake").start(() -> keep(socket));
        }
    }

    private void keep(Socket socket) {
        try {
            idle.keep(Line.accepted(socket, settings));
        } catch (IOException e) {
            LOG.warn(
                    "A receiver's connection could not be taken: {}",
                    e.getClass().getSimpleName());
        } finally {
            handshakes.release();
        }
    }

    @Override
    public Line take() throws IOException {
        var line = idle.take(settings.connectLimit());
        if (line == null) {
            throw new ConnectException();
        }
        return line;
    }

    @Override
    public void giveBack(Line line) {
        idle.giveBack(line);
    }

    @Override
    public void touch() {
        idle.touch();
    }

    @Override
    public int port() {
        return listening.socket().getLocalPort();
    }

    @Override
    public void close() {
        try {
            listening.close();
            accepting.join(LONGEST_TO_END); // until then the port is taken
        } catch (IOException e) {
            LOG.info("A port could not be given up: {}", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        idle.close();
    }
}

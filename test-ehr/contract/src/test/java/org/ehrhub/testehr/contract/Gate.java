package org.ehrhub.testehr.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in front of a server on loopback and lets everything through, nothing through, or nobody in. */
final class Gate implements AutoCloseable {
    private enum State {
        OPEN,
        HANGING,
        SHUT
    }

    private final URI behind;
    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesIn = new AtomicLong();
    private volatile State state = State.OPEN;

    Gate(URI behind) {
        this.behind = behind;
        try {
            door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::open);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + behind.getPath());
    }

    /** How much clients have sent: unchanged when they have sent nothing. */
    long received() {
        return bytesIn.get();
    }

    void letThrough() {
        turn(State.OPEN);
    }

    void hang() {
        turn(State.HANGING);
    }

    void shut() {
        turn(State.SHUT);
    }

    @Override
    public void close() throws IOException {
        door.close();
        turn(State.SHUT);
    }

    /** What was under way is cut, so that it cannot be taken for what comes after. */
    private void turn(State next) {
        state = next;
        sockets.forEach(Gate::cut);
        sockets.clear();
    }

    private void open() {
        boolean open = true;
        while (open) {
            open = next();
        }
    }

    /** Whether the door is still open after one more caller, who may have left before being let in. */
    private boolean next() {
        try {
            var client = door.accept();
            sockets.add(client);
            admit(client);
            return true;
        } catch (IOException e) {
            return !door.isClosed();
        }
    }

    private void admit(Socket client) throws IOException {
        if (state == State.SHUT) {
            cut(client);
        } else if (state == State.OPEN) {
            var server = new Socket(behind.getHost(), behind.getPort());
            sockets.add(server);
            pass(client.getInputStream(), server.getOutputStream(), bytesIn);
            pass(server.getInputStream(), client.getOutputStream(), new AtomicLong());
        }
    }

    private static void pass(InputStream from, OutputStream to, AtomicLong count) {
        Thread.ofVirtual().start(() -> {
            var buffer = new byte[16_384];
            try (from;
                    to) {
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    count.addAndGet(read);
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException e) {
                // One side has gone; leaving closes the other.
                return;
            }
        });
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

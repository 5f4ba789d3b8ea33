package org.ehrhub.mllp.server;

import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.text;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.Frame;
import org.ehrhub.mllp.framing.Framer;

/** A peer that sends any bytes, and reads what is answered to them. */
final class RawPeer implements AutoCloseable {
    private static final int LONGEST_WAIT_MILLIS = 10_000;

    private final Socket socket;
    private final Deque<Frame> answers = new ArrayDeque<>();
    private final Framer framer = new Framer(1_000_000, answers::add);

    RawPeer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LONGEST_WAIT_MILLIS);
    }

    RawPeer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawPeer endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer as text; empty when the connection has ended. */
    Optional<String> answer() throws IOException {
        var buffer = new byte[4096];
        while (answers.isEmpty()) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                return Optional.empty();
            }
            framer.take(buffer, 0, read);
        }
        return Optional.of(text(answers.removeFirst().content()));
    }

    /** The next answer as {@code AA 1}: code, and the control id that it is for. */
    String acknowledged() throws IOException {
        return answer().flatMap(text -> Acknowledgement.of(bytes(text)))
                .map(found -> found.code() + " " + found.controlId())
                .orElse("none");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

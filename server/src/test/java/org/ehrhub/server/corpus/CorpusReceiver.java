package org.ehrhub.server.corpus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.ehrhub.mllp.framing.Framer;
import org.ehrhub.mllp.framing.MessageHeader;

/** A receiver that keeps what it gets and answers AA to everything, also to messages that want no answer, as most receivers do. */
final class CorpusReceiver implements AutoCloseable {
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final ServerSocket listening;
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

    private CorpusReceiver(ServerSocket listening) {
        this.listening = listening;
    }

    static CorpusReceiver start() throws IOException {
        var receiver = new CorpusReceiver(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
        Thread.ofVirtual().start(receiver::accept);
        return receiver;
    }

    int port() {
        return listening.getLocalPort();
    }

    BlockingQueue<byte[]> received() {
        return received;
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var framer = new Framer(MOST_BYTES, frame -> {
                received.add(frame.content());
                answer(socket, frame.content());
            });
            var buffer = new byte[1 << 16];
            for (int read = socket.getInputStream().read(buffer); read >= 0; ) {
                framer.take(buffer, 0, read);
                read = socket.getInputStream().read(buffer);
            }
        } catch (IOException e) {
            // the hub is gone
        }
    }

    private static void answer(Socket socket, byte[] content) {
        var id = MessageHeader.of(content).orElseThrow().controlId();
        var text = "\u000BMSH|^~\\&|LAB|B|HUB|A|20260301||ACK|A" + System.nanoTime() + "|P|2.5\rMSA|AA|" + id
                + "\r\u001C\r";
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

package org.ehrhub.server.soak.channels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.mllp.framing.Framer;
import org.ehrhub.mllp.framing.MessageHeader;

/**
 * A destination that takes each message once, known by its control id, and is troubled now and then: it drops the connection
 * before or after it took the message, does not answer, answers late, answers another message, or refuses.
 */
final class Destination implements AutoCloseable {
    private static final int TROUBLES = 6;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> applied = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Random random;
    private final int percent;
    private int deliveries;
    private int troubles;

    Destination(int percent, long seed) throws IOException {
        this.percent = percent;
        this.random = new Random(seed);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What it took, in its order. */
    synchronized List<String> applied() {
        return List.copyOf(applied);
    }

    /** How many messages came, those included that came again. */
    synchronized int deliveries() {
        return deliveries;
    }

    /** How often it was troubled, so that a message had to come again. */
    synchronized int troubles() {
        return troubles;
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // it is closed
        }
    }

    private void serve(Socket socket) {
        var framer = new Framer(1_000_000, frame -> {
            try {
                take(frame.content(), socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        var buffer = new byte[4096];
        try (socket) {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                framer.take(buffer, 0, read);
            }
        } catch (IOException | UncheckedIOException e) {
            // it hung up by itself
        }
    }

    private synchronized int trouble() {
        deliveries++;
        if (random.nextInt(100) >= percent) {
            return TROUBLES;
        }
        troubles++;
        return random.nextInt(TROUBLES);
    }

    private synchronized void apply(String controlId, byte[] content) {
        if (known.add(controlId)) {
            applied.add(new String(content, StandardCharsets.ISO_8859_1));
        }
    }

    private void take(byte[] content, Socket socket) throws IOException {
        var controlId = MessageHeader.of(content).orElseThrow().controlId();
        int trouble = trouble();
        if (trouble == 0) {
            socket.close();
        } else if (trouble == 1) {
            answer(socket, "AE", controlId);
        } else {
            apply(controlId, content);
            afterwards(trouble, socket, controlId);
        }
    }

    private static void afterwards(int trouble, Socket socket, String controlId) throws IOException {
        switch (trouble) {
            case 2 -> socket.close();
            case 3 -> {} // it says nothing
            case 4 -> {
                pause();
                answer(socket, "AA", controlId);
            }
            case 5 -> answer(socket, "AA", "another");
            default -> answer(socket, "AA", controlId);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Socket socket, String code, String controlId) throws IOException {
        socket.getOutputStream()
                .write(("\u000bMSH|^~\\&|LAB|WEST|HUB|EAST|20260302||ACK|" + System.nanoTime() + "|P|2.5.1\rMSA|" + code
                                + "|" + controlId + "\r\u001c\r")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : open) {
            socket.close();
        }
    }
}

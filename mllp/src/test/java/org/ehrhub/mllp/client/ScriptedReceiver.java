package org.ehrhub.mllp.client;

import static org.ehrhub.mllp.Messages.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ehrhub.mllp.framing.Framer;
import org.ehrhub.mllp.framing.MessageHeader;

/** A receiver that answers each message as it is told to, well or badly. */
final class ScriptedReceiver implements AutoCloseable {
    private final ServerSocket listening;
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentLinkedQueue<Turn> turns = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();

    /** What it does with a message. */
    @FunctionalInterface
    interface Turn {
        void answer(MessageHeader message, Wire wire) throws IOException;
    }

    /** The way back. */
    record Wire(Socket socket) {
        void send(String code, String controlId) throws IOException {
            var text = "\u000bMSH|^~\\&|B|D|A|C|20260302||ACK|" + System.nanoTime() + "|P|2.5.1\rMSA|" + code + "|"
                    + controlId + "\r\u001c\r";
            socket.getOutputStream().write(bytes(text));
        }

        void hangUp() throws IOException {
            socket.close();
        }
    }

    ScriptedReceiver() throws IOException {
        this(0);
    }

    ScriptedReceiver(int port) throws IOException {
        listening = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What it does next; AA when it is told nothing. */
    ScriptedReceiver then(Turn turn) {
        turns.add(turn);
        return this;
    }

    /** The control ids of all it received, in their order. */
    List<String> received() {
        return List.copyOf(received);
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
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
            var header = MessageHeader.of(frame.content()).orElseThrow();
            received.add(header.controlId());
            var turn = turns.poll();
            try {
                if (turn == null) {
                    new Wire(socket).send("AA", header.controlId());
                } else {
                    turn.answer(header, new Wire(socket));
                }
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
        } catch (IOException e) {
            // it has hung up by itself, or the test is over
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : open) {
            socket.close();
        }
    }
}

package org.ehrhub.benchmarks.mllp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** One connection that sends a message after the other, each after the answer to the last one. */
final class Sender implements AutoCloseable {
    private static final int LONGEST_MILLIS = 30_000;
    private static final byte[] SAYS = {'\r', 'M', 'S', 'A', '|'};
    private static final byte END = 0x1C;

    private final Socket socket;
    private final Admission messages;
    private final byte[] buffer = new byte[8192];

    Sender(int port, String name) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LONGEST_MILLIS);
        messages = new Admission(name);
    }

    /**
     * Sends a message and waits for its answer.
     *
     * @throws IllegalStateException when it is not accepted, or another message is
     */
    void send() throws IOException {
        socket.getOutputStream().write(messages.next());
        int length = 0;
        while (length < 2 || buffer[length - 2] != END) {
            int read = socket.getInputStream().read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new IOException("The server ended the connection");
            }
            length += read;
        }
        check(length);
    }

    private void check(int length) {
        for (int i = 0; i + SAYS.length + 3 < length; i++) {
            if (isAt(i, SAYS)) {
                int code = i + SAYS.length;
                if (buffer[code + 1] != 'A' || !isAt(code + 3, messages.controlId())) {
                    throw new IllegalStateException("A message was not accepted");
                }
                return;
            }
        }
        throw new IllegalStateException("An answer acknowledges nothing");
    }

    private boolean isAt(int from, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (buffer[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

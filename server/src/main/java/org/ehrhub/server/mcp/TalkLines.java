package org.ehrhub.server.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question of one line at a desk's local socket, and the lines that answer it. */
public final class TalkLines implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader answers;

    private TalkLines(SocketChannel channel) {
        this.channel = channel;
        this.answers = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8), 1 << 16);
    }

    /**
     * Asks.
     *
     * @param question a line without its end
     * @return the answer, or nothing when no hub answers at the socket
     * @throws IOException when the connection broke
     */
    public static Optional<TalkLines> ask(Path socket, String question) throws IOException {
        var connected = LocalSocket.connect(socket);
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        var lines = new TalkLines(connected.get());
        try {
            Channels.newOutputStream(lines.channel).write((question + "\n").getBytes(StandardCharsets.UTF_8));
            return Optional.of(lines);
        } catch (IOException e) {
            lines.close();
            throw e;
        }
    }

    /** The next line; null when the hub has ended the connection. */
    public @Nullable String next() throws IOException {
        try {
            return answers.readLine();
        } catch (SocketException e) {
            return null; // it ended before it had read the question: answers of several lines say when they are whole
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

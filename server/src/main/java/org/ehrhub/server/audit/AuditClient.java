package org.ehrhub.server.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.ehrhub.server.mcp.LocalSocket;

/** Asks the hub that runs on a data directory about its audit trail. */
public final class AuditClient {
    private AuditClient() {}

    /**
     * Asks, and copies the answer.
     *
     * @return whether all is well; empty when no hub answers at the socket
     * @throws IOException when the hub went away before the end of the answer
     * @throws IllegalArgumentException when it does not answer this question, in its words
     */
    public static Optional<Boolean> ask(Path socket, AuditQuestion question, OutputStream out) throws IOException {
        var channel = LocalSocket.connect(socket);
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        try (var hub = channel.get()) {
            Channels.newOutputStream(hub).write(lines(question).getBytes(StandardCharsets.UTF_8));
            return Optional.of(copy(hub, out));
        }
    }

    private static String lines(AuditQuestion question) {
        var lines = new StringBuilder(question.verb()).append('\n');
        question.options().forEach((name, value) -> {
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
                throw new IllegalArgumentException(name + " takes no line break");
            }
            lines.append(name).append('=').append(value).append('\n');
        });
        return lines.append('\n').toString();
    }

    private static boolean copy(SocketChannel hub, OutputStream out) throws IOException {
        var in = new BufferedInputStream(Channels.newInputStream(hub), 1 << 16);
        var text = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == AuditSocket.END) {
                text.writeTo(out);
                return ending(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
            }
            text.write(next);
            if (text.size() == 1 << 16) {
                text.writeTo(out);
                text.reset();
            }
        }
        throw new IOException(
                "The hub ended the connection in the middle of its answer; what was written is not whole");
    }

    private static boolean ending(String said) throws IOException {
        if (said.startsWith("2 ")) {
            throw new IllegalArgumentException(said.substring(2));
        }
        if (!said.equals("0") && !said.equals("1")) {
            throw new IOException("The hub's answer has no end");
        }
        return said.equals("0");
    }
}

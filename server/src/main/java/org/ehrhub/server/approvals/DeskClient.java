package org.ehrhub.server.approvals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.ehrhub.server.approvals.DeskTalk.Answer;
import org.ehrhub.server.approvals.DeskTalk.Question;
import org.ehrhub.server.mcp.LocalSocket;
import tools.jackson.databind.json.JsonMapper;

/** Asks the desk of a running hub at its local socket. */
public final class DeskClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DeskClient() {}

    /**
     * The answer; empty when no hub answers there.
     *
     * @throws IOException when the connection broke
     */
    public static Optional<Answer> ask(Path socket, Question question) throws IOException {
        var connected = LocalSocket.connect(socket);
        if (connected.isEmpty()) {
            return Optional.empty();
        }
        try (var channel = connected.get()) {
            Channels.newOutputStream(channel)
                    .write((JSON.writeValueAsString(question) + "\n").getBytes(StandardCharsets.UTF_8));
            var line = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IOException("The hub ended the connection without an answer");
            }
            return Optional.of(JSON.readValue(line, Answer.class));
        }
    }
}

package org.ehrhub.server.approvals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ehrhub.server.approvals.DeskTalk.Answer;
import org.ehrhub.server.approvals.DeskTalk.Question;
import org.ehrhub.server.mcp.TalkLines;
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
        var asked = TalkLines.ask(socket, JSON.writeValueAsString(question));
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        try (var answer = asked.get()) {
            var line = answer.next();
            if (line == null) {
                throw new IOException("The hub ended the connection without an answer");
            }
            return Optional.of(JSON.readValue(line, Answer.class));
        }
    }
}

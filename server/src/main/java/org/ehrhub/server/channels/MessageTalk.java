package org.ehrhub.server.channels;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalEntry.State;
import org.ehrhub.server.mcp.LocalConversations;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The desk of messages at its local socket: one question and the lines of its answer, each a line of JSON. */
public final class MessageTalk implements LocalConversations {
    private static final Logger LOG = LoggerFactory.getLogger(MessageTalk.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 96 * 1024 * 1024;
    private static final int USUAL = 100;
    private static final int LONGEST_REASON = 500;

    private final Supplier<MessageDesk> desk;

    /** Talk of this desk. */
    public MessageTalk(Supplier<MessageDesk> desk) {
        this.desk = desk;
    }

    /**
     * A question.
     *
     * @param what {@code tail}, {@code search}, {@code replay}, {@code stats}, {@code export} or {@code import}
     * @param options the values of {@code --name value}
     * @param content a message to be kept
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    public record Question(String what, Map<String, String> options, byte @Nullable [] content) {}

    /**
     * A line of an answer.
     *
     * @param text for a terminal
     * @param content a message that goes with it
     * @param name what a file of that message is called
     * @param end set on the last line
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    public record Line(
            @Nullable String text,
            byte @Nullable [] content,
            @Nullable String name,
            @Nullable End end) {
        static Line of(String text) {
            return new Line(text, null, null, null);
        }
    }

    /** How an answer ended. */
    public enum End {
        /** It was done. */
        DONE,
        /** It was done and did not succeed. */
        FAILED,
        /** It could not be done as asked. */
        REFUSED
    }

    /** Writes a line to whoever asked. */
    interface Lines {
        void write(Line line) throws IOException;
    }

    @Override
    public void serve(InputStream in, OutputStream out, Caller caller) throws IOException {
        var input = new BufferedInputStream(in);
        Lines lines = line -> write(out, line);
        try {
            var question = JSON.readValue(line(input), Question.class);
            answer(question, caller, input, lines);
        } catch (JacksonException e) {
            lines.write(end(End.REFUSED, "The hub does not understand this command; is it of another version?"));
        } catch (IllegalArgumentException e) {
            lines.write(end(End.REFUSED, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.warn(
                    "A question about messages could not be answered ({})",
                    e.getClass().getSimpleName());
            lines.write(end(End.FAILED, "The journal or the audit trail could not be used; the hub's log says more"));
        }
    }

    private static String line(InputStream in) throws IOException {
        var text = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && text.size() < LONGEST; next = in.read()) {
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static Line end(End end, String text) {
        return new Line(text, null, null, end);
    }

    @Override
    public void turnAway(OutputStream out) throws IOException {
        write(out, end(End.FAILED, "The hub is talking with others; try again."));
    }

    private static void write(OutputStream out, Line line) throws IOException {
        out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void answer(Question question, Caller person, InputStream in, Lines lines) throws IOException {
        var selection = new MessageSelection(question.options(), desk.get().clock());
        switch (question.what()) {
            case "search" -> search(selection, question.options().containsKey("--content"), person, lines);
            case "export" -> export(selection, person, lines);
            case "replay" -> replay(selection, question.options().get("--reason"), person, lines);
            case "stats" -> stats(lines);
            case "import" -> keep(question, person, lines);
            case "tail" -> new MessageTail(desk.get(), question.options(), person).follow(in, lines);
            default -> throw new IllegalArgumentException("The question was not understood");
        }
    }

    private void search(MessageSelection selection, boolean content, Caller person, Lines lines) throws IOException {
        var query = selection.query(Set.of(), USUAL);
        var found = desk.get().search(person, query);
        for (var entry : found.reversed()) {
            lines.write(content ? shown(entry, person) : Line.of(MessageRows.row(entry)));
        }
        lines.write(end(End.DONE, MessageRows.count(found.size(), query.most())));
    }

    private Line shown(JournalEntry entry, Caller person) {
        var content = desk.get().content(person, entry, false);
        return new Line(MessageRows.row(entry), content.orElse(null), null, null);
    }

    private void export(MessageSelection selection, Caller person, Lines lines) throws IOException {
        var query = selection.query(Set.of(), USUAL);
        var found = desk.get().search(person, query);
        for (var entry : found.reversed()) {
            var content = desk.get().content(person, entry, true);
            if (content.isPresent()) {
                lines.write(new Line(
                        MessageRows.row(entry), content.get(), entry.channel() + "-" + entry.id() + ".hl7", null));
            }
        }
        lines.write(end(End.DONE, MessageRows.count(found.size(), query.most())));
    }

    private void replay(MessageSelection selection, @Nullable String reason, Caller person, Lines lines)
            throws IOException {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("replay needs --reason, why they are worked again, for the audit trail");
        }
        if (!selection.isNarrow()) {
            throw new IllegalArgumentException(
                    "replay needs --id, or --channel with --state, --since or --field: which messages are worked again");
        }
        var query = selection.query(selection.hasIds() ? Set.of() : Set.of(State.DEAD), USUAL);
        var found = desk.get().search(person, query);
        if (found.size() == query.most() && !selection.hasIds()) {
            throw new IllegalArgumentException(
                    query.most()
                            + " messages fit, and perhaps more: narrow it down, or say with --most how many at most; nothing was done");
        }
        var again = found.isEmpty() ? 0 : desk.get().replay(person, found, reason.strip());
        lines.write(end(
                again > 0 ? End.DONE : End.FAILED,
                again + " of " + found.size() + " messages are worked again"
                        + (again < found.size() ? "; the others are not finished yet" : "")));
    }

    private void stats(Lines lines) throws IOException {
        var now = desk.get().clock().instant();
        for (var row : MessageRows.stats(desk.get().standings(), now)) {
            lines.write(Line.of(row));
        }
        lines.write(new Line(null, null, null, End.DONE));
    }

    private void keep(Question question, Caller person, Lines lines) throws IOException {
        var channel = String.valueOf(question.options().get("--channel"));
        if (!desk.get().has(channel)) {
            throw new IllegalArgumentException("import needs --channel, one of the configuration's");
        }
        if (question.content() == null) {
            throw new IllegalArgumentException("There is nothing to import");
        }
        var code = desk.get().keep(person, channel, question.content());
        lines.write(end(List.of("AA", "CA").contains(code) ? End.DONE : End.FAILED, code));
    }
}

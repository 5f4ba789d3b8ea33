package org.ehrhub.server.approvals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ehrhub.policy.Approvals.Held;
import org.ehrhub.routes.approvals.Preview;
import org.ehrhub.routes.approvals.VisibleText;
import org.ehrhub.server.mcp.LocalConversations;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The desk at its local socket: one question and one answer, each a line of JSON. */
public final class DeskTalk implements LocalConversations {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 16 * 1024;

    private final Supplier<ApprovalDesk> desk;
    private final Supplier<List<String>> link;

    /**
     * Talk of this desk.
     *
     * @param link what opens the page, or why nothing does
     */
    public DeskTalk(Supplier<ApprovalDesk> desk, Supplier<List<String>> link) {
        this.desk = desk;
        this.link = link;
    }

    /**
     * A question.
     *
     * @param what {@code list}, {@code show}, {@code approve}, {@code reject} or {@code link}
     * @param id which one
     * @param reason why, for a decision
     */
    public record Question(
            String what, @Nullable String id, @Nullable String reason) {}

    /** The answer, in lines for a terminal. */
    public record Answer(boolean done, List<String> lines) {
        static Answer of(boolean done, String... lines) {
            return new Answer(done, List.of(lines));
        }
    }

    @Override
    public void serve(InputStream in, OutputStream out, Caller caller) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        var text = new StringBuilder();
        for (var c = reader.read(); c >= 0 && c != '\n' && text.length() < LONGEST; c = reader.read()) {
            text.append((char) c);
        }
        write(out, answered(text.toString(), caller));
    }

    private Answer answered(String text, Caller caller) {
        try {
            return answer(JSON.readValue(text, Question.class), caller);
        } catch (JacksonException e) {
            return Answer.of(false, "The question was not understood");
        }
    }

    @Override
    public void turnAway(OutputStream out) throws IOException {
        write(out, Answer.of(false, "The hub is talking with others; try again."));
    }

    private static void write(OutputStream out, Answer answer) throws IOException {
        out.write((JSON.writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The answer to a question of this person. */
    public Answer answer(Question question, Caller person) {
        var id = String.valueOf(question.id());
        return switch (question.what()) {
            case "list" -> list(person);
            case "show" -> show(person, id);
            case "approve" -> decided(person, id, true, question.reason());
            case "reject" -> decided(person, id, false, question.reason());
            case "link" -> new Answer(true, link.get());
            default -> Answer.of(false, "The question was not understood");
        };
    }

    private Answer list(Caller person) {
        var lines = desk.get().waiting(person).stream().map(DeskTalk::row).toList();
        return lines.isEmpty() ? Answer.of(true, "Nothing waits for you") : new Answer(true, lines);
    }

    private static String row(Held held) {
        var question = held.question();
        return String.join(
                "  ",
                held.id(),
                question.tool(),
                question.ehr(),
                VisibleText.of(question.principal()),
                "until " + question.expires());
    }

    private Answer show(Caller person, String id) {
        return desk.get()
                .show(person, id)
                .map(held -> {
                    var lines = new ArrayList<>(
                            Preview.of(held.question().preview()).lines());
                    lines.add(held.state() + ", until " + held.question().expires());
                    if (!desk.get().counts(person, held)) {
                        lines.add(
                                "Another person than the one who asked has to approve this, and you cannot be told apart");
                    }
                    return new Answer(true, lines);
                })
                .orElseGet(DeskTalk::none);
    }

    private Answer decided(Caller person, String id, boolean approved, @Nullable String reason) {
        return switch (desk.get().decide(person, id, approved, reason)) {
            case DECIDED -> Answer.of(true, approved ? "Approved, once" : "Rejected");
            case LATE -> Answer.of(false, "It was decided before, or its time is over");
            case OWN -> Answer.of(false, "Another person than the one who asked has to approve this");
            case NONE -> none();
        };
    }

    private static Answer none() {
        return Answer.of(
                false, "There is none of this id for you to decide; policy.yaml names who may, under approvers");
    }
}

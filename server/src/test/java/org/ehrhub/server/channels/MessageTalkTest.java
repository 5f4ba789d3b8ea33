package org.ehrhub.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.adapters.journal.JournalEntry.State;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.server.channels.MessageTalk.End;
import org.ehrhub.server.channels.MessageTalk.Line;
import org.ehrhub.server.channels.MessageTalk.Question;
import org.ehrhub.tools.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MessageTalkTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final FakeJournalDesk journal = new FakeJournalDesk();
    private final List<Entry> audited = new ArrayList<>();
    private boolean auditIsDown;

    @BeforeEach
    void keep() {
        journal.put(1, "adt", State.DONE, NOW.minusSeconds(7200));
        journal.put(2, "lab", State.DEAD, NOW.minusSeconds(3600));
        journal.put(3, "lab", State.WAITING, NOW.minusSeconds(60));
    }

    @Test
    void listsWithoutContentTheOldestFirstAndKeepsWhoLooked() throws IOException {
        var lines = ask("search", Map.of());

        assertThat(lines).extracting(Line::content).containsOnlyNulls();
        assertThat(lines.getFirst().text()).startsWith("1  adt  done");
        assertThat(lines.getLast()).isEqualTo(new Line("3 messages", null, null, End.DONE));
        assertThat(audited).singleElement().satisfies(entry -> {
            assertThat(entry.tool()).isEqualTo("journal.search");
            assertThat(entry.principal()).isEqualTo("os:ann");
        });
    }

    @Test
    void passesOnWhatIsSearchedFor() throws IOException {
        ask(
                "search",
                Map.of(
                        "--channel",
                        "lab",
                        "--field",
                        "PID-3=12=3\nMSH-10=x",
                        "--state",
                        "waiting,dead",
                        "--since",
                        "2h"));

        var query = journal.queries().getLast();
        assertThat(query.channel()).isEqualTo("lab");
        assertThat(query.terms())
                .extracting(term -> term.field() + " " + term.value())
                .containsExactly("PID-3 12=3", "MSH-10 x");
        assertThat(query.states()).containsExactlyInAnyOrder(State.WAITING, State.DEAD);
        assertThat(query.from()).isEqualTo(NOW.minusSeconds(7200));
    }

    @Test
    void refusesWhatItDoesNotUnderstandInWords() throws IOException {
        assertThat(refused("search", Map.of("--field", "patient"))).contains("--field PID-3=123456");
        assertThat(refused("search", Map.of("--state", "lost"))).contains("waiting, claimed, done, dead");
        assertThat(refused("search", Map.of("--since", "yesterday"))).contains("2026-03-01");
        assertThat(refused("search", Map.of("--id", "x"))).contains("--id needs numbers");
        assertThat(refused("search", Map.of("--most", "0"))).contains("--most needs");
        assertThat(refused("erase", Map.of())).contains("not understood");
    }

    @Test
    void showsContentOnlyWhereItIsAskedForAndAfterThatIsOnTheRecord() throws IOException {
        var lines = ask("search", Map.of("--id", "2", "--content", "true"));

        assertThat(new String(lines.getFirst().content(), StandardCharsets.UTF_8))
                .contains("ADT^A01|2|");
        assertThat(audited).extracting(Entry::tool).containsExactly("journal.search", "journal.get");
        assertThat(audited.getLast().reference()).isEqualTo("lab/Message/2");
        assertThat(audited.getLast().stage()).isEqualTo(Stage.READ);
    }

    @Test
    void showsNothingThatCannotBeKeptOnTheRecord() throws IOException {
        auditIsDown = true;
        for (var what : List.of("search", "export", "replay")) {
            var lines = ask(what, Map.of("--id", "2", "--content", "true", "--reason", "fixed"));
            assertThat(lines).singleElement().satisfies(line -> {
                assertThat(line.end()).isEqualTo(End.FAILED);
                assertThat(line.content()).isNull();
            });
        }
        assertThat(ask("search", Map.of("--id", "2"), false).getFirst().text()).contains("2  lab  dead");
    }

    @Test
    void exportsEachMessageUnderANameOfItsOwn() throws IOException {
        var lines = ask("export", Map.of("--channel", "lab"));

        assertThat(lines).extracting(Line::name).containsExactly("lab-2.hl7", "lab-3.hl7", null);
        assertThat(audited)
                .extracting(Entry::tool)
                .containsExactly("journal.search", "journal.export", "journal.export");
    }

    @Test
    void worksMessagesAgainForAReasonThatIsOnTheRecordBeforeAndAfter() throws IOException {
        var lines = ask("replay", Map.of("--channel", "lab", "--since", "1d", "--reason", "the lab is back"));

        assertThat(lines.getLast()).isEqualTo(new Line("1 of 1 messages are worked again", null, null, End.DONE));
        assertThat(journal.search(journal.queries().getFirst())).isEmpty(); // it is not dead any more
        assertThat(audited).extracting(Entry::stage).containsExactly(Stage.READ, Stage.BEFORE_WRITE, Stage.AFTER_WRITE);
        assertThat(audited.getLast().circumstances().decision()).isEqualTo("the lab is back");
        assertThat(audited.getLast().reference()).isEqualTo("lab/Message/2");
    }

    @Test
    void whatIsNotFinishedIsNotWorkedTwice() throws IOException {
        var lines = ask("replay", Map.of("--id", "2,3", "--reason", "the lab is back"));
        assertThat(lines.getLast().text())
                .isEqualTo("1 of 2 messages are worked again; the others are not finished yet");
    }

    @Test
    void worksNothingAgainWithoutAReasonOrASelectionOrWhenMoreFitThanWasSaid() throws IOException {
        assertThat(refused("replay", Map.of("--channel", "lab", "--state", "dead")))
                .contains("--reason");
        assertThat(refused("replay", Map.of("--reason", "fixed"))).contains("which messages");
        assertThat(refused("replay", Map.of("--channel", "lab", "--reason", "fixed")))
                .contains("which messages");
        assertThat(refused("replay", Map.of("--channel", "lab", "--since", "1d", "--most", "1", "--reason", "fixed")))
                .contains("nothing was done");
        assertThat(audited).extracting(Entry::tool).containsOnly("journal.search");
    }

    @Test
    void importsIntoChannelsOfTheConfigurationOnly() throws IOException {
        assertThat(refused("import", Map.of("--channel", "other"))).contains("--channel");
        var lines = answer(new Question("import", Map.of("--channel", "lab"), new byte[] {'M'}), false);
        assertThat(lines).containsExactly(new Line("AA", null, null, End.DONE));
        assertThat(audited).extracting(Entry::tool).containsExactly("journal.import", "journal.import");
    }

    @Test
    void tellsWhereEachChannelStands() throws IOException {
        var lines = ask("stats", Map.of());
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1).text()).startsWith("adt").contains(" 0 ");
        assertThat(lines.get(2).text()).matches("lab +2 +1 +5m +1 +7 .*");
    }

    @Test
    void aTailEndsWhenWhoeverAskedIsGone() throws IOException {
        assertThat(ask("tail", Map.of())).isEmpty();
        assertThat(audited).extracting(Entry::tool).containsExactly("journal.search");
    }

    private String refused(String what, Map<String, String> options) throws IOException {
        var lines = ask(what, options);
        assertThat(lines).singleElement().extracting(Line::end).isEqualTo(End.REFUSED);
        return String.valueOf(lines.getFirst().text());
    }

    private List<Line> ask(String what, Map<String, String> options) throws IOException {
        return ask(what, options, auditIsDown);
    }

    private List<Line> ask(String what, Map<String, String> options, boolean down) throws IOException {
        return answer(new Question(what, options, null), down);
    }

    private List<Line> answer(Question question, boolean down) throws IOException {
        auditIsDown = down;
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream((JSON.writeValueAsString(question) + "\n").getBytes(StandardCharsets.UTF_8));
        new MessageTalk(this::desk).serve(in, out, new Caller("os:ann", Set.of()));
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JSON.readValue(line, Line.class))
                .toList();
    }

    private MessageDesk desk() {
        var trail = new AuditTrail() {
            @Override
            public void keep(Entry entry) {
                if (auditIsDown) {
                    throw new UncheckedIOException(new IOException("full"));
                }
                audited.add(entry);
            }

            @Override
            public void close() {}
        };
        return new MessageDesk(
                journal,
                (channel, content) -> "AA",
                new Destinations(Map.of(), () -> NOW),
                Set.of("adt", "lab"),
                new MessageDesk.Trail(trail, () -> NOW));
    }
}

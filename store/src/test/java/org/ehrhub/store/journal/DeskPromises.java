package org.ehrhub.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ehrhub.adapters.journal.ChannelState;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalEntry.State;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.JournalMessage.Term;
import org.ehrhub.adapters.journal.JournalQuery;
import org.ehrhub.adapters.journal.Kept.Fate;
import org.ehrhub.adapters.journal.Settlement;
import org.junit.jupiter.api.Test;

/** What a journal promises to the people who run the interfaces, on every database. */
abstract class DeskPromises extends JournalFixture {
    private static final JournalQuery ALL = query(Set.of());
    private static final Settlement.Dead REFUSED = new Settlement.Dead("refused");

    private static JournalQuery query(Set<State> states) {
        return new JournalQuery(null, Set.of(), states, null, null, List.of(), 100);
    }

    private static JournalQuery terms(Term... terms) {
        return new JournalQuery(null, Set.of(), Set.of(), null, null, List.of(terms), 100);
    }

    private List<Long> found(JournalQuery query) {
        return journal.desk().search(query).stream().map(JournalEntry::id).toList();
    }

    private long keep(String channel, String text, Term... terms) {
        return journal.keep(new JournalMessage(channel, bytes(text), null, Set.of("ann"), List.of(terms)))
                .id();
    }

    @Test
    void listsMessagesTheNewestFirstWithHowFarTheyAre() {
        var done = keep("adt", "one");
        journal.settle(next("adt", "one"), DONE);
        var dead = keep("adt", "two");
        journal.settle(next("adt", "two"), REFUSED);
        var held = keep("adt", "three");
        next("adt", "three");
        var waiting = keep("adt", "four");

        var entries = journal.desk().search(ALL);
        assertThat(entries).extracting(JournalEntry::id).containsExactly(waiting, held, dead, done);
        assertThat(entries)
                .extracting(JournalEntry::state)
                .containsExactly(State.WAITING, State.CLAIMED, State.DEAD, State.DONE);
        assertThat(entries).extracting(JournalEntry::attempts).containsExactly(0, 1, 1, 1);
        assertThat(entries).extracting(JournalEntry::bytes).containsExactly(4, 5, 3, 3);
        assertThat(entries.get(2).reason()).isEqualTo("refused");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.channel()).isEqualTo("adt");
            assertThat(Duration.between(entry.kept(), Instant.now())).isLessThan(Duration.ofMinutes(5));
            assertThat(Duration.between(entry.changed(), Instant.now())).isLessThan(Duration.ofMinutes(5));
        });
        assertThat(found(query(Set.of(State.DEAD)))).containsExactly(dead);
        assertThat(found(query(Set.of(State.DONE, State.CLAIMED)))).containsExactly(held, done);
        assertThat(found(query(Set.of(State.WAITING)))).containsExactly(waiting);
    }

    @Test
    void findsMessagesByAllOfTheirTerms() {
        var control = new Term("MSH-10", "7");
        var patient = new Term("PID-3", "12345^^^NORTH");
        var both = keep("adt", "one", control, patient);
        var one = keep("oru", "two", patient);

        assertThat(found(terms(patient))).containsExactly(one, both);
        assertThat(found(terms(patient, control))).containsExactly(both);
        assertThat(found(terms(new Term("MSH-10", "12345^^^NORTH")))).isEmpty();
        assertThat(found(new JournalQuery("oru", Set.of(), Set.of(), null, null, List.of(patient), 100)))
                .containsExactly(one);
    }

    @Test
    void findsMessagesByNumberAndTimeAndNoMoreThanAsked() {
        var ids = IntStream.range(0, 5)
                .mapToLong(number -> keep("adt", "" + number))
                .boxed()
                .toList();
        var now = Instant.now();
        assertThat(found(new JournalQuery(null, Set.of(ids.get(1)), Set.of(), null, null, List.of(), 9)))
                .containsExactly(ids.get(1));
        assertThat(found(new JournalQuery(null, Set.of(), Set.of(), null, null, List.of(), 2)))
                .containsExactly(ids.get(4), ids.get(3));
        assertThat(found(new JournalQuery(null, Set.of(), Set.of(), now.plusSeconds(60), null, List.of(), 9)))
                .isEmpty();
        assertThat(found(new JournalQuery(
                        null, Set.of(), Set.of(), now.minusSeconds(300), now.plusSeconds(1), List.of(), 9)))
                .hasSize(5);
        assertThat(found(new JournalQuery(null, Set.of(), Set.of(), null, now.minusSeconds(300), List.of(), 9)))
                .isEmpty();
        assertThatThrownBy(() -> found(new JournalQuery(null, Set.of(), Set.of(), null, null, List.of(), 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsTheBytesOfAMessage() {
        var id = keep("adt", "MSH|^~\\&|é");
        assertThat(journal.desk().content(id)).hasValue(bytes("MSH|^~\\&|é"));
        assertThat(journal.desk().content(id + 1)).isEmpty();
    }

    @Test
    void hasFinishedMessagesWorkedAgainInTheirOrder() {
        for (var number = 0; number < 450; number++) {
            journal.keep(message("adt", "" + number, number < 3 ? "ann" : "other " + number));
        }
        settleAll();
        keep("adt", "unfinished");
        assertThat(journal.desk().replay(new JournalQuery("adt", Set.of(), Set.of(), null, null, List.of(), 1000)))
                .isEqualTo(450);
        assertThat(journal.desk().channels().get("adt").waiting()).isEqualTo(451);

        assertThat(texts("adt").getFirst()).isEqualTo("0");
        assertThat(journal.desk().replay(ALL)).isZero();
    }

    private void settleAll() {
        for (var claims = journal.claim("adt", 100, LEASE);
                !claims.isEmpty();
                claims = journal.claim("adt", 100, LEASE)) {
            claims.parallelStream().forEach(claim -> journal.settle(claim, DONE));
        }
    }

    @Test
    void aDeadMessageIsWorkedAgainAsOneThatWasNeverTried() {
        journal.keep(named("adt", "one", "1"));
        journal.settle(next("adt", "one"), REFUSED);
        assertThat(journal.desk().replay(query(Set.of(State.WAITING)))).isZero();
        assertThat(journal.desk().replay(query(Set.of(State.DONE)))).isZero();
        assertThat(journal.desk().replay(query(Set.of(State.DEAD)))).isEqualTo(1);

        assertThat(journal.keep(named("adt", "one", "1")).fate()).isEqualTo(Fate.DUPLICATE);
        var again = next("adt", "one");
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(journal.settle(again, DONE)).isTrue();
        assertThat(found(query(Set.of(State.DEAD)))).isEmpty();
    }

    @Test
    void saysWhereEachChannelStands() {
        keep("oru", "one");
        journal.settle(next("oru", "one"), new Settlement.Retry(Duration.ofHours(1), "busy"));
        keep("oru", "two");
        keep("adt", "three");
        journal.settle(next("adt", "three"), REFUSED);
        keep("adt", "four");
        journal.settle(next("adt", "four"), DONE);

        var channels = journal.desk().channels();
        assertThat(channels.get("adt")).isEqualTo(new ChannelState(0, 0, 1, 1, null));
        var oru = channels.get("oru");
        assertThat(oru).isEqualTo(new ChannelState(2, 1, 0, 0, oru.oldest()));
        assertThat(oru.oldest())
                .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(1));
        journal.desk().replay(ALL);
        assertThat(journal.desk().channels().get("adt").waiting()).isEqualTo(2);
        assertThat(journal.desk().channels().get("adt").done()).isZero();
    }

    @Test
    void removesWhatWasFinishedLongAgoAndNothingElse() {
        var large =
                new JournalMessage("adt", new byte[Arrivals.PART * 2], null, Set.of(), List.of(new Term("PID-3", "1")));
        journal.keep(large);
        journal.settle(next("adt").orElseThrow(), DONE);
        for (var number = 0; number < 250; number++) {
            journal.keep(message("adt", "" + number));
        }
        settleAll();
        journal.keep(named("adt", "dead", "1"));
        journal.settle(next("adt", "dead"), REFUSED);
        var waiting = keep("adt", "waiting");

        assertThat(journal.prune(Duration.ofDays(1), Duration.ofDays(1))).isZero();
        assertThat(journal.prune(Duration.ofMinutes(-10), Duration.ofDays(1))).isEqualTo(251);
        assertThat(journal.desk().channels().get("adt").done()).isZero();
        assertThat(journal.prune(Duration.ofMinutes(-10), Duration.ofMinutes(-10)))
                .isEqualTo(1);
        assertThat(found(ALL)).containsExactly(waiting);
        assertThat(List.of("journal_part", "journal_term", "journal_outcome"))
                .allSatisfy(table -> assertThat(rows(table)).isZero());
        assertThat(journal.keep(named("adt", "dead", "1")).fate()).isEqualTo(Fate.NEW);
    }

    @Test
    void aMessageThatCannotBeReadAnyMoreIsGivenUpAndHoldsNobodyUp() {
        var moved = keep("adt", "one");
        keep("adt", "two");
        database.durably(sql -> sql.sql("update journal_message set name = ? where id = ?")
                .params(UUID.randomUUID(), moved)
                .update());
        assertThat(texts("adt")).isEmpty();
        next("adt", "two");
        assertThat(found(query(Set.of(State.DEAD)))).containsExactly(moved);
        assertThatThrownBy(() -> journal.desk().content(moved)).hasMessageContaining("cannot be read");
    }

    private long rows(String table) {
        return database.read(sql ->
                sql.sql("select count(*) from " + table).query(Long.class).single());
    }
}

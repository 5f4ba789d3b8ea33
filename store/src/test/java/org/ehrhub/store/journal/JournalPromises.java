package org.ehrhub.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.Kept;
import org.ehrhub.adapters.journal.Kept.Fate;
import org.ehrhub.adapters.journal.Settlement;
import org.junit.jupiter.api.Test;

/** What a journal promises to who keeps messages and to who works them, on every database. */
abstract class JournalPromises extends JournalFixture {
    @Test
    void givesMessagesOutAsTheyWereKeptTheOldestFirst() {
        var first = journal.keep(message("adt", "one"));
        var second = journal.keep(message("adt", "two é\r\u000b"));
        journal.keep(message("oru", "three"));

        assertThat(second.id()).isGreaterThan(first.id());
        var claims = journal.claim("adt", 10, LEASE);
        assertThat(claims).extracting(JournalFixture::text).containsExactly("one", "two é\r\u000b");
        assertThat(claims.getFirst().id()).isEqualTo(first.id());
        assertThat(claims.getFirst().attempt()).isEqualTo(1);
        assertThat(claims.getFirst().channel()).isEqualTo("adt");
        assertThat(texts("adt")).isEmpty();
        assertThat(texts("oru")).containsExactly("three");
    }

    @Test
    void keepsAMessageOfAnySizeAsItIs() {
        for (var size : List.of(0, 1, Arrivals.PART - 33, Arrivals.PART - 32, 5_300_001)) {
            var content = new byte[size];
            new Random(size).nextBytes(content);
            journal.keep(new JournalMessage("large", content, null, Set.of(), List.of()));
            assertThat(Arrays.equals(next("large").orElseThrow().content(), content))
                    .isTrue();
        }
    }

    @Test
    void aMessageThatIsSentAgainIsNotKeptTwice() {
        var kept = journal.keep(named("adt", "one", "1"));
        assertThat(kept.fate()).isEqualTo(Fate.NEW);
        assertThat(journal.keep(named("adt", "one", "1"))).isEqualTo(new Kept(kept.id(), Fate.DUPLICATE));
        assertThat(journal.keep(named("adt", "changed", "1"))).isEqualTo(new Kept(kept.id(), Fate.OTHER_CONTENT));
        assertThat(journal.keep(named("oru", "one", "1")).fate()).isEqualTo(Fate.NEW);
        assertThat(journal.keep(named("adt", "one", "2")).fate()).isEqualTo(Fate.NEW);

        journal.settle(next("adt", "one"), DONE);
        assertThat(journal.keep(named("adt", "one", "1"))).isEqualTo(new Kept(kept.id(), Fate.DUPLICATE));
        assertThat(texts("adt")).containsExactly("one");
    }

    @Test
    void ofTheSameMessageOnManyThreadsOfTwoHubsOneIsNew() throws Exception {
        try (var other = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var kept = threads.invokeAll(IntStream.range(0, 64)
                    .<Callable<Kept>>mapToObj(number ->
                            () -> (number % 2 == 0 ? journal : other).keep(named("adt", "text", "id-" + number / 16)))
                    .toList());
            assertThat(kept)
                    .extracting(one -> one.resultNow().fate())
                    .containsOnly(Fate.NEW, Fate.DUPLICATE)
                    .filteredOn(Fate.NEW::equals)
                    .hasSize(4);
        }
        assertThat(texts("adt")).hasSize(4);
    }

    @Test
    void messagesOfVeryManyPatientsStopNobody() {
        var many = IntStream.range(0, 35_000).mapToObj(number -> "p" + number).toArray(String[]::new);
        var more =
                IntStream.range(35_000, 70_000).mapToObj(number -> "p" + number).toArray(String[]::new);
        journal.keep(message("adt", "one", many));
        journal.keep(message("adt", "two", more));
        journal.keep(message("adt", "three", "ann"));

        var claims = journal.claim("adt", 3, LEASE);
        assertThat(claims).extracting(JournalFixture::text).containsExactly("one", "two", "three");
        assertThat(claims).allMatch(claim -> journal.settle(claim, DONE));
    }

    @Test
    void whatAMessageLedToIsKeptTogetherWithItsEnd() {
        journal.keep(named("out", "known", "7"));
        journal.keep(message("adt", "one"));
        var claim = next("adt", "one");
        var next = List.of(message("out", "first", "ann"), message("out", "second", "ann"), named("out", "known", "7"));
        assertThat(journal.settle(claim, new Settlement.Done(next))).isTrue();
        assertThat(journal.settle(claim, new Settlement.Done(next))).isFalse();

        assertThat(texts("out")).containsExactly("known", "first");
    }

    @Test
    void aWorkerThatLostItsLeaseWritesNothing() throws Exception {
        journal.keep(message("adt", "one", "ann"));
        journal.keep(message("adt", "two", "ann"));
        var lost = journal.claim("adt", 1, Duration.ofMillis(1)).getFirst();
        var taken = takenOver();
        assertThat(text(taken)).isEqualTo("one");
        assertThat(taken.attempt()).isEqualTo(2);

        assertThat(journal.settle(lost, new Settlement.Done(List.of(message("out", "next")))))
                .isFalse();
        assertThat(journal.settle(lost, new Settlement.Dead("why"))).isFalse();
        assertThat(journal.settle(lost, new Settlement.Retry(Duration.ZERO, "why")))
                .isFalse();
        assertThat(journal.extend(List.of(lost, taken), LEASE)).containsExactly(taken);
        assertThat(next("adt")).isEmpty();
        assertThat(next("out")).isEmpty();
        assertThat(journal.settle(taken, DONE)).isTrue();
        next("adt", "two");
    }

    private Claim takenOver() throws InterruptedException {
        for (var tries = 0; tries < 100; tries++) {
            var claim = next("adt");
            if (claim.isPresent()) {
                return claim.get();
            }
            journal.await("adt", Duration.ofMillis(50));
        }
        throw new AssertionError("a lease of a millisecond did not end");
    }

    @Test
    void aLeaseThatIsExtendedDoesNotEnd() {
        journal.keep(message("adt", "one"));
        var claim = journal.claim("adt", 1, Duration.ofMillis(500)).getFirst();
        assertThat(journal.extend(List.of(claim), LEASE)).containsExactly(claim);
        database.read(sql -> sql.sql("select 1").query(Integer.class).single());
        var begun = System.nanoTime();
        while (System.nanoTime() - begun < Duration.ofMillis(600).toNanos()) {
            assertThat(next("adt")).isEmpty();
        }
        assertThat(journal.settle(claim, DONE)).isTrue();
    }

    @Test
    void whoWaitsIsWokenByWhatIsKeptFreedAndDue() throws Exception {
        assertThat(next("adt")).isEmpty();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var woken = threads.submit(() -> {
                journal.await("adt", Duration.ofMinutes(1));
                return next("adt", "one");
            });
            journal.keep(message("adt", "one", "ann"));
            var first = woken.get();
            journal.keep(message("adt", "two", "ann"));
            assertThat(next("adt")).isEmpty();
            var freed = threads.submit(() -> {
                journal.await("adt", Duration.ofMinutes(1));
                return next("adt", "two");
            });
            journal.settle(first, DONE);
            journal.settle(freed.get(), new Settlement.Retry(Duration.ofMillis(300), "busy"));
            assertThat(next("adt")).isEmpty();
            journal.await("adt", Duration.ofMinutes(1));
            next("adt", "two");
        }
    }

    @Test
    void whoWaitsIsWokenByWhatAnotherHubDoes() throws Exception {
        try (var other = open()) {
            assertThat(next("adt")).isEmpty();
            other.keep(message("adt", "one"));
            journal.await("adt", Duration.ofMinutes(1));
            next("adt", "one");
        }
    }

    @Test
    void whoWaitsForNothingGoesOnAfterItsTime() throws Exception {
        assertThat(next("adt")).isEmpty();
        journal.await("adt", Duration.ofMillis(10));
        assertThat(next("adt")).isEmpty();
    }

    @Test
    void keepingAndSettlingArePartOfTheTransactionTheyAreCalledIn() {
        journal.keep(message("adt", "one"));
        var claim = next("adt", "one");
        assertThatThrownBy(() -> database.durably(sql -> {
                    journal.settle(claim, new Settlement.Done(List.of(message("out", "next"))));
                    journal.keep(message("out", "other"));
                    throw new IllegalStateException("after all not");
                }))
                .hasMessage("after all not");
        assertThat(texts("out")).isEmpty();

        database.durably(sql -> {
            journal.keep(message("out", "other"));
            return journal.settle(claim, new Settlement.Done(List.of(message("out", "next"))));
        });
        assertThat(texts("out")).containsExactly("other", "next");
        assertThat(journal.settle(claim, DONE)).isFalse();
    }

    @Test
    void refusesALeaseItDidNotGive() {
        journal.keep(message("adt", "one"));
        var claim = next("adt", "one");
        var forged = new Claim(claim.id(), claim.channel(), claim.content(), 1, claim.kept(), "lease");
        assertThatThrownBy(() -> journal.settle(forged, DONE)).isInstanceOf(IllegalArgumentException.class);
    }
}

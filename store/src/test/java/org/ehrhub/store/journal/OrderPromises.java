package org.ehrhub.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.Settlement;
import org.junit.jupiter.api.Test;

/** In which order a journal has messages worked, on every database. */
abstract class OrderPromises extends JournalFixture {
    @Test
    void messagesThatShareAKeyAreWorkedOneAfterAnother() {
        journal.keep(message("adt", "ann 1", "ann"));
        journal.keep(message("adt", "ann 2", "ann"));
        journal.keep(message("adt", "bob 1", "bob"));
        journal.keep(message("adt", "none"));

        var claims = journal.claim("adt", 10, LEASE);
        assertThat(claims).extracting(JournalFixture::text).containsExactly("ann 1", "bob 1", "none");
        assertThat(journal.settle(claims.getLast(), DONE)).isTrue();
        assertThat(next("adt")).isEmpty();
        assertThat(journal.settle(claims.getFirst(), DONE)).isTrue();
        assertThat(texts("adt")).containsExactly("ann 2");
    }

    @Test
    void aKeyOfAnotherChannelIsAnotherKey() {
        journal.keep(message("adt", "one", "ann"));
        journal.keep(message("oru", "two", "ann"));
        assertThat(texts("adt")).containsExactly("one");
        assertThat(texts("oru")).containsExactly("two");
    }

    @Test
    void aMergeWaitsForBothPatientsAndBothWaitForIt() {
        journal.keep(message("adt", "ann 1", "ann"));
        journal.keep(message("adt", "bob 1", "bob"));
        journal.keep(message("adt", "merge", "ann", "bob"));
        journal.keep(message("adt", "ann 2", "ann"));
        journal.keep(message("adt", "bob 2", "bob"));

        var claims = journal.claim("adt", 10, LEASE);
        assertThat(claims).extracting(JournalFixture::text).containsExactly("ann 1", "bob 1");
        journal.settle(claims.get(1), DONE);
        assertThat(texts("adt")).isEmpty();
        journal.settle(claims.get(0), DONE);
        var merge = next("adt", "merge");
        assertThat(texts("adt")).isEmpty();
        journal.settle(merge, DONE);
        assertThat(texts("adt")).containsExactlyInAnyOrder("ann 2", "bob 2");
    }

    @Test
    void whatIsTriedAgainIsStillBeforeWhatSharesItsKey() {
        journal.keep(message("adt", "ann 1", "ann"));
        journal.keep(message("adt", "ann 2", "ann"));
        journal.keep(message("adt", "bob 1", "bob"));

        journal.settle(next("adt", "ann 1"), new Settlement.Retry(Duration.ofHours(1), "no answer"));
        assertThat(texts("adt")).containsExactly("bob 1");
        journal.keep(message("adt", "cid 1", "cid"));
        journal.keep(message("adt", "cid 2", "cid"));
        journal.settle(next("adt", "cid 1"), new Settlement.Retry(Duration.ZERO, "no answer"));
        var again = next("adt", "cid 1");
        assertThat(again.attempt()).isEqualTo(2);
        journal.settle(again, DONE);
        next("adt", "cid 2");
    }

    @Test
    void whatWasGivenUpHoldsNobodyUp() {
        journal.keep(message("adt", "ann 1", "ann"));
        journal.keep(message("adt", "ann 2", "ann"));
        journal.settle(next("adt", "ann 1"), new Settlement.Dead("refused"));
        next("adt", "ann 2");
    }

    @Test
    void messagesThatAlwaysFailDoNotKeepOthersFromBeingWorked() {
        IntStream.range(0, 20).forEach(number -> journal.keep(message("adt", "poison " + number, "sick " + number)));
        journal.keep(message("adt", "good", "ann"));
        for (var tries = 0; tries < 100; tries++) {
            var claim = next("adt").orElseThrow();
            if (text(claim).equals("good")) {
                return;
            }
            journal.settle(claim, new Settlement.Retry(Duration.ZERO, "no answer"));
        }
        assertThat(false).as("the good message was worked").isTrue();
    }

    @Test
    void anyNumberOfMessagesOfOneKeyIsWorkedInOrder() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() ->
                            IntStream.range(0, 300).forEach(number -> journal.keep(message("adt", "" + number, "ann"))))
                    .get();
        }
        for (var number = 0; number < 300; number++) {
            var claims = List.<Claim>of();
            while (claims.isEmpty()) {
                journal.await("adt", Duration.ofSeconds(10));
                claims = journal.claim("adt", 10, LEASE);
            }
            assertThat(claims).extracting(JournalFixture::text).containsExactly("" + number);
            journal.settle(claims.getFirst(), DONE);
        }
    }
}

package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehrhub.policy.Digests;
import org.ehrhub.policy.IdempotencyLedger.Claim;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger promises on every database. */
abstract class LedgerPromises {
    static final String KEY = Digests.sha256("key");
    static final String DIGEST = Digests.sha256("arguments");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);

    static final Duration CALL = Duration.ofSeconds(10);

    Database database;

    abstract StoreSettings settings();

    @BeforeEach
    void openDatabase() {
        database = Database.open(settings());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    StoredLedger ledger(String node) {
        return new StoredLedger(database, node, CALL, CLOCK);
    }

    @Test
    void letsAKeyThroughOnce() {
        var ledger = ledger("one");
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.NEW);
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
        ledger.settle(KEY, Outcome.DONE);
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.DONE);
    }

    @Test
    void refusesAKeyForOtherArguments() {
        var ledger = ledger("one");
        ledger.claim(KEY, DIGEST);
        assertThat(ledger.claim(KEY, Digests.sha256("other"))).isEqualTo(Claim.OTHER_ARGUMENTS);
        ledger.settle(KEY, Outcome.DONE);
        assertThat(ledger.claim(KEY, Digests.sha256("other"))).isEqualTo(Claim.OTHER_ARGUMENTS);
    }

    @Test
    void freesTheKeyOfAWriteThatWasNotDone() {
        var ledger = ledger("one");
        ledger.claim(KEY, DIGEST);
        ledger.settle(KEY, Outcome.NOT_DONE);
        assertThat(ledger.claim(KEY, Digests.sha256("other"))).isEqualTo(Claim.NEW);
    }

    @Test
    void letsOneLookAfterAnUnknownWrite() {
        var ledger = ledger("one");
        ledger.claim(KEY, DIGEST);
        ledger.settle(KEY, Outcome.UNKNOWN);
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
    }

    @Test
    void remembersAcrossARestart() {
        var ledger = ledger("one");
        ledger.claim(KEY, DIGEST);
        ledger.settle(KEY, Outcome.DONE);
        assertThat(ledger("one").claim(KEY, DIGEST)).isEqualTo(Claim.DONE);
    }

    @Test
    void doesNotKnowTheOutcomeOfAWriteThatACrashCutShort() {
        ledger("one").claim(KEY, DIGEST);
        assertThat(ledger("one").claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
    }

    @Test
    void aWriteOfAHubThatLivesIsUnderWay() {
        ledger("one").claim(KEY, DIGEST);
        assertThat(ledger("two").claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
    }

    @Test
    void doesNotKnowTheOutcomeOfAWriteOfAHubThatHasFallenSilent() {
        ledger("one").claim(KEY, DIGEST);
        silence("one");
        assertThat(ledger("two").claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
    }

    @Test
    void takesUpNoWriteOfASilentHubThatMayStillBeSendingIt() {
        new StoredLedger(database, "one", Duration.ofMinutes(5), CLOCK).claim(KEY, DIGEST);
        silence("one", 5 * 60 + 20);
        assertThat(ledger("two").claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
        silence("one", 5 * 60 + 31);
        assertThat(ledger("two").claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
    }

    @Test
    void aHubThatIsStartedWithAnotherTimeLimitHasThatOne() {
        new StoredLedger(database, "one", Duration.ofMinutes(5), CLOCK).claim(KEY, DIGEST);
        var other = Digests.sha256("other key");
        ledger("one").claim(other, DIGEST);
        silence("one", 41);
        assertThat(ledger("two").claim(other, DIGEST)).isEqualTo(Claim.UNKNOWN);
    }

    @Test
    void believesASilentHubThatComesBackOnlyThatItsWriteWasDone() {
        var one = ledger("one");
        one.claim(KEY, DIGEST);
        silence("one");
        var two = ledger("two");
        two.claim(KEY, DIGEST);
        one.settle(KEY, Outcome.NOT_DONE);
        assertThat(two.claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
        one.settle(KEY, Outcome.DONE);
        two.settle(KEY, Outcome.NOT_DONE);
        assertThat(two.claim(KEY, DIGEST)).isEqualTo(Claim.DONE);
    }

    @Test
    void takesAWriteWhoseOutcomeCouldNotBeNotedForUnknownAndLetsOthersSeeThat() {
        var one = ledger("one");
        var two = ledger("two");
        one.claim(KEY, DIGEST);
        rename("idempotency", "away");
        assertThatThrownBy(() -> one.settle(KEY, Outcome.DONE)).isInstanceOf(UncheckedIOException.class);
        rename("away", "idempotency");
        assertThat(two.claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
        one.beat();
        assertThat(two.claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
    }

    @Test
    void takesAWriteWhoseClaimWasNeverConfirmedForUnknown() {
        var ledger = ledger("one");
        database.durably(sql -> sql.sql("insert into idempotency (write_key, digest, state, node, changed_ms)"
                        + " values (?, ?, 'STARTED', 'one', 0)")
                .params(KEY, DIGEST)
                .update());
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
        ledger.beat();
        assertThat(ledger("two").claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
    }

    @Test
    void forgetsWhatIsOldUnlessItsFateIsUnknown() {
        var ledger = ledger("one");
        var other = Digests.sha256("other key");
        ledger.claim(KEY, DIGEST);
        ledger.settle(KEY, Outcome.DONE);
        ledger.claim(other, DIGEST);
        ledger.settle(other, Outcome.UNKNOWN);
        var later = new StoredLedger(database, "one", CALL, Clock.offset(CLOCK, Duration.ofDays(31)));
        assertThat(later.forget(Duration.ofDays(32))).isZero();
        assertThat(later.forget(Duration.ofDays(30))).isEqualTo(1);
        assertThat(later.claim(KEY, DIGEST)).isEqualTo(Claim.NEW);
        assertThat(later.claim(other, DIGEST)).isEqualTo(Claim.UNKNOWN);
    }

    @Test
    void letsOneOfManyThroughAtOnce() throws Exception {
        var hubs = new StoredLedger[] {ledger("one"), ledger("two")};
        for (var round = 0; round < 10; round++) {
            var key = Digests.sha256("key " + round);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var claims = IntStream.range(0, 16)
                        .<Callable<Claim>>mapToObj(i -> () -> hubs[i % 2].claim(key, DIGEST))
                        .collect(Collectors.toList());
                var answers = threads.invokeAll(claims).stream()
                        .map(claim -> claim.resultNow())
                        .toList();
                assertThat(answers).containsOnlyOnce(Claim.NEW).containsOnly(Claim.NEW, Claim.RUNNING);
            }
        }
    }

    @Test
    void worksOnAThreadThatWasInterrupted() {
        var ledger = ledger("one");
        Thread.currentThread().interrupt();
        assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.NEW);
        assertThat(Thread.interrupted()).isTrue();
        ledger.settle(KEY, Outcome.DONE);
    }

    private void rename(String from, String to) {
        database.durably(
                sql -> sql.sql("alter table " + from + " rename to " + to).update());
    }

    private void silence(String node) {
        silence(node, 3600);
    }

    private void silence(String node, int seconds) {
        database.durably(sql -> sql.sql("update hub_node set beat_at = current_timestamp - interval '" + seconds
                        + "' second where node = ?")
                .param(node)
                .update());
    }
}

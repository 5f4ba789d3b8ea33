package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehrhub.policy.Digests;
import org.ehrhub.policy.IdempotencyLedger.Claim;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
    private static final String KEY = Digests.sha256("key");
    private static final String DIGEST = Digests.sha256("arguments");

    @TempDir
    private Path directory;

    @Test
    void letsAKeyThroughOnce() {
        try (var ledger = open()) {
            assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.NEW);
            assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
            ledger.settle(KEY, Outcome.DONE);
            assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.DONE);
        }
    }

    @Test
    void refusesAKeyForOtherArguments() {
        try (var ledger = open()) {
            ledger.claim(KEY, DIGEST);
            assertThat(ledger.claim(KEY, Digests.sha256("other"))).isEqualTo(Claim.OTHER_ARGUMENTS);
        }
    }

    @Test
    void freesTheKeyOfAWriteThatWasNotDone() {
        try (var ledger = open()) {
            ledger.claim(KEY, DIGEST);
            ledger.settle(KEY, Outcome.NOT_DONE);
            assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.NEW);
        }
    }

    @Test
    void remembersAcrossARestart() {
        try (var ledger = open()) {
            ledger.claim(KEY, DIGEST);
            ledger.settle(KEY, Outcome.DONE);
        }
        try (var ledger = open()) {
            assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.DONE);
        }
    }

    @Test
    void doesNotKnowTheOutcomeOfAWriteThatACrashCutShort() {
        try (var ledger = open()) {
            ledger.claim(KEY, DIGEST);
        }
        try (var ledger = open()) {
            assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
        }
    }

    @Test
    void survivesALineCutShort() throws Exception {
        try (var ledger = open()) {
            ledger.claim(KEY, DIGEST);
            ledger.settle(KEY, Outcome.DONE);
        }
        Files.writeString(directory.resolve("ledger"), "claim 00", StandardOpenOption.APPEND);
        var other = Digests.sha256("other key");
        try (var ledger = open()) {
            assertThat(ledger.claim(other, DIGEST)).isEqualTo(Claim.NEW);
            ledger.settle(other, Outcome.DONE);
        }
        try (var ledger = open()) {
            assertThat(ledger.claim(KEY, DIGEST)).isEqualTo(Claim.DONE);
            assertThat(ledger.claim(other, DIGEST)).isEqualTo(Claim.DONE);
        }
    }

    @Test
    void letsOneOfManyThroughAtOnce() throws Exception {
        try (var ledger = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var claims = IntStream.range(0, 16)
                    .<Callable<Claim>>mapToObj(i -> () -> ledger.claim(KEY, DIGEST))
                    .collect(Collectors.toList());
            assertThat(threads.invokeAll(claims).stream().filter(claim -> claim.resultNow() == Claim.NEW))
                    .hasSize(1);
        }
    }

    private FileLedger open() {
        return new FileLedger(directory.resolve("ledger"));
    }
}

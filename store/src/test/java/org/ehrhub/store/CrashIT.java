package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.ehrhub.policy.Digests;
import org.ehrhub.policy.IdempotencyLedger.Claim;
import org.ehrhub.store.audit.AuditLog;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.AuditProof;
import org.ehrhub.store.audit.AuditQuery;
import org.ehrhub.store.audit.AuditSource;
import org.ehrhub.store.audit.SampleEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds after a hub was killed, or its files were spoiled. */
class CrashIT {
    private static final String KEY = Digests.sha256("key");
    private static final String DIGEST = Digests.sha256("arguments");

    @TempDir
    private Path directory;

    @Test
    void afterAKillTheWriteIsUnknownAndEveryRecordThatWasAnsweredForIsThere() throws Exception {
        for (var round = 0; round < 2; round++) {
            var said = killAfter(150);
            assertThat(said).hasSizeGreaterThanOrEqualTo(150);
            assertThat(said.getFirst()).isEqualTo("claim " + (round == 0 ? Claim.NEW : Claim.UNKNOWN));
            try (var database = Database.open(StoreSettings.in(directory))) {
                var place = AuditPlace.in(directory);
                assertThat(AuditProof.of(AuditSource.atRest(database, place)).findings())
                        .isEmpty();
                var calls = new HashSet<String>();
                new AuditLog(database).forEach(AuditQuery.ALL, record -> calls.add("kept " + record.callId()));
                assertThat(calls).containsAll(said.subList(1, said.size()));
            }
        }
        try (var store = open()) {
            assertThat(store.ledger().claim(KEY, DIGEST)).isEqualTo(Claim.UNKNOWN);
            assertThat(store.ledger().claim(KEY, DIGEST)).isEqualTo(Claim.RUNNING);
        }
    }

    @Test
    void aWriteOfTheFileThatWasCutShortSpoilsNothing() throws Exception {
        keep("one");
        var torn = new byte[5000];
        new Random(1).nextBytes(torn);
        Files.write(directory.resolve("store.mv.db"), torn, StandardOpenOption.APPEND);
        keep("two");
        try (var database = Database.open(StoreSettings.in(directory))) {
            var result = AuditProof.of(AuditSource.atRest(database, AuditPlace.in(directory)));
            assertThat(result.findings()).isEmpty();
            assertThat(result.chains())
                    .singleElement()
                    .satisfies(chain -> assertThat(chain.records()).isEqualTo(2));
        }
    }

    @Test
    void anEarlierStateOfTheFileIsNotTakenForTheTrail() throws Exception {
        keep("one");
        var file = directory.resolve("store.mv.db");
        var earlier = Files.copy(file, directory.resolve("earlier"));
        keep("two");
        Files.move(earlier, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ends at record 1")
                .hasMessageContaining("audit.head");
    }

    private void keep(String call) {
        try (var store = open()) {
            store.audit().keep(SampleEntries.read(call));
        }
    }

    private HubStore open() {
        var keeping = new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(2192));
        return HubStore.open(
                StoreSettings.in(directory), directory, keeping, Duration.ofSeconds(10), Clock.systemUTC());
    }

    /** Runs a hub until it has said so many lines, and kills it; gives all it said. */
    private List<String> killAfter(int lines) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingHub.class.getName(),
                        directory.toString(),
                        KEY,
                        DIGEST)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new ArrayList<String>();
        try (var out = process.inputReader()) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (said.size() == lines) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            assertThat(said)
                    .as("only a killed hub ends in the middle of a line")
                    .hasSizeGreaterThanOrEqualTo(lines);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said;
    }
}

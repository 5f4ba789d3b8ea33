package org.ehrhub.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.adapters.Secret;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that keep and work messages are killed. What they answered for is there, each message is applied once, and those of a
 * patient in their order. {@code ./check soak} does the same many times.
 */
class JournalKillIT {
    private static final int KILLS = Integer.getInteger("soak.kills", 3);
    private static final int MESSAGES_PER_KILL = Integer.getInteger("soak.messages", 300 * KILLS) / KILLS;

    private static final String MOST = "" + 2 * MESSAGES_PER_KILL;
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(20L * KILLS * MESSAGES_PER_KILL);

    @TempDir
    private Path directory;

    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    @Test
    void noMessageIsLostDoubledOrReorderedWhenTheHubIsKilled() throws Exception {
        var settings = StoreSettings.in(directory);
        var url = "jdbc:h2:file:" + directory.resolve("store")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
        JournalWorker.prepare(settings);
        for (var kill = 0; kill < KILLS; kill++) {
            try (var hub = new Hub(url, "hub", "", "run-" + kill, MOST)) {
                hub.readUntil(MESSAGES_PER_KILL);
            }
        }
        prove(settings);
    }

    @Test
    void theSameHoldsOfHubsThatShareADatabase() throws Exception {
        try (var postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start()) {
            var url = postgres.getJdbcUrl("postgres", "postgres");
            assertThat(List.of(show(postgres, "fsync"), show(postgres, "synchronous_commit")))
                    .containsOnly("on");
            var settings = new StoreSettings(url, "postgres", Secret.from(() -> "postgres"));
            JournalWorker.prepare(settings);
            var hubs = new ArrayList<Hub>();
            try {
                hubs.add(new Hub(url, "postgres", "postgres", "run-a", MOST));
                for (var kill = 0; kill < KILLS; kill++) {
                    hubs.add(new Hub(url, "postgres", "postgres", "run-" + kill, MOST));
                    hubs.getLast().readUntil(MESSAGES_PER_KILL);
                    hubs.remove(kill % 2).close();
                }
            } finally {
                hubs.forEach(Hub::close);
            }
            prove(settings);
        }
    }

    private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var rows = connection.createStatement().executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void prove(StoreSettings settings) throws InterruptedException {
        try (var worker = new JournalWorker(settings)) {
            worker.work();
            var begun = System.nanoTime();
            while (!worker.isIdle()) {
                assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
                Thread.sleep(50); // of a process of its own there is nothing to wait on
            }
            var applied = worker.applied();
            assertThat(kept).hasSizeGreaterThanOrEqualTo(KILLS * MESSAGES_PER_KILL);
            assertThat(applied).doesNotHaveDuplicates().containsAll(kept);
            var numbers = new HashMap<String, List<Integer>>();
            for (var line : applied) {
                var words = line.split(" ", -1);
                numbers.computeIfAbsent(words[0], patient -> new ArrayList<>()).add(Integer.valueOf(words[1]));
            }
            assertThat(numbers.values()).allSatisfy(order -> assertThat(order).isSorted());
            System.out.printf("%d kills, %d messages%n", KILLS, applied.size());
        }
    }

    /** A process that is killed. */
    private final class Hub implements AutoCloseable {
        private final Process process;
        private final Thread reader;
        private final Set<String> said = ConcurrentHashMap.newKeySet();

        Hub(String... words) throws Exception {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    JournalWorker.class.getName()));
            command.addAll(List.of(words));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            reader = Thread.ofPlatform().start(this::read);
        }

        /** A line of a killed process may be cut short, and is then not one of these. */
        private void read() {
            try {
                process.inputReader().lines().forEach(this::said);
            } catch (UncheckedIOException e) {
                assertThat(process.isAlive()).as("only a killed hub ends so").isFalse();
            }
        }

        private void said(String line) {
            said.add(line);
            if (line.startsWith("kept ") && line.endsWith(";")) {
                kept.add(line.substring(5, line.length() - 1));
            }
        }

        void readUntil(int lines) throws InterruptedException {
            var begun = System.nanoTime();
            while (said.size() < lines) {
                assertThat(process.isAlive()).isTrue();
                assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
                Thread.sleep(5);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                process.waitFor();
                reader.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertThat(said).noneMatch(line -> line.startsWith("not new"));
        }
    }
}

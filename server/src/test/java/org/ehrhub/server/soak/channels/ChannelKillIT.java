package org.ehrhub.server.soak.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that receives, hands over and delivers is killed at any time, while 16 connections send and 4 go out to a destination
 * that drops, hangs, answers late or something else, and refuses. No message is lost, none comes once more than trouble asks for,
 * and each patient's keep their order. {@code -Dsoak.kills} and {@code -Dsoak.messages} say how long.
 */
class ChannelKillIT {
    private static final int KILLS = Integer.getInteger("soak.kills", 3);
    private static final int MESSAGES = Integer.getInteger("soak.messages", 1600);
    private static final long SEED = Long.getLong("soak.seed", 7);
    private static final int SENDERS = 16;
    private static final int UNDER_WAY = 4;
    private static final int TROUBLE_PERCENT = 1;
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostDoubledOrReorderedHoweverOftenItIsKilled() throws Exception {
        soak("file", 1);
    }

    @Test
    void theSameHoldsOnAServer() throws Exception {
        try (var postgres = durable()) {
            soak(postgres.getJdbcUrl("postgres", "postgres"), 1);
        }
    }

    @Test
    void theSameHoldsOfTwoThatShareAServer() throws Exception {
        try (var postgres = durable()) {
            soak(postgres.getJdbcUrl("postgres", "postgres"), 2);
        }
    }

    private static EmbeddedPostgres durable() throws IOException, SQLException {
        var postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            for (var setting : List.of("fsync", "synchronous_commit")) {
                try (var shown = statement.executeQuery("show " + setting)) {
                    assertThat(shown.next()).isTrue();
                    assertThat(shown.getString(1)).as(setting).isEqualTo("on");
                }
            }
        }
        return postgres;
    }

    private void soak(String database, int processes) throws Exception {
        long start = System.nanoTime();
        keys();
        var hospital = Hospital.of(SENDERS, MESSAGES);
        var hubs = new ArrayList<KilledProcess>();
        try (var destination = new Destination(TROUBLE_PERCENT, SEED)) {
            for (int number = 0; number < processes; number++) {
                hubs.add(new KilledProcess(folder.resolve("hub-" + number), database, freePort(), destination.port()));
            }
            for (var hub : hubs) {
                hub.start();
            }
            send(hospital, hubs);
            untilAllIsThere(hospital, destination);
            prove(hospital, destination);
            System.out.printf(
                    "%d kills, %d messages, %d deliveries, %d troubles in %d s%n",
                    KILLS,
                    hospital.total(),
                    destination.deliveries(),
                    destination.troubles(),
                    (System.nanoTime() - start) / 1_000_000_000);
        } finally {
            hubs.forEach(KilledProcess::close);
        }
    }

    private static void send(Hospital hospital, List<KilledProcess> hubs) throws Exception {
        var ports = hubs.stream().map(KilledProcess::port).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = new ArrayList<Future<?>>();
            for (int number = 0; number < SENDERS; number++) {
                int sender = number;
                senders.add(threads.submit((Callable<?>) () -> {
                    hospital.send(sender, ports);
                    return null;
                }));
            }
            kill(hospital, hubs);
            for (var sender : senders) {
                sender.get();
            }
        }
    }

    /** Kills one after another, at random points of the way through all messages, and starts it again. */
    private static void kill(Hospital hospital, List<KilledProcess> hubs) throws Exception {
        var random = new Random(SEED);
        var points = random.ints(KILLS, 0, hospital.total()).sorted().toArray();
        for (int kill = 0; kill < KILLS; kill++) {
            while (hospital.accepted().get() < points[kill]) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(20));
            var hub = hubs.get(kill % hubs.size());
            hub.kill();
            hub.start();
        }
    }

    private static void untilAllIsThere(Hospital hospital, Destination destination) throws InterruptedException {
        int before = -1;
        long end = 0;
        for (int there = 0;
                there < hospital.total();
                there = destination.applied().size()) {
            if (there > before) {
                before = there;
                end = System.nanoTime() + LONGEST_REST.toNanos();
            }
            assertThat(end - System.nanoTime())
                    .as("time left for the next message after %d of %d", there, hospital.total())
                    .isPositive();
            Thread.sleep(20);
        }
    }

    private static void prove(Hospital hospital, Destination destination) {
        var sent = new ArrayList<String>();
        for (int sender = 0; sender < SENDERS; sender++) {
            sent.addAll(hospital.messages(sender));
        }
        var applied = destination.applied();
        assertThat(applied).hasSameSizeAs(sent).containsAll(sent);
        for (var patient : hospital.patients()) {
            var field = "|" + patient + "^^^EAST";
            assertThat(applied.stream().filter(message -> message.contains(field)))
                    .as("messages of %s", patient)
                    .containsExactlyElementsOf(sent.stream()
                            .filter(message -> message.contains(field))
                            .toList());
        }
        assertThat(destination.deliveries())
                .as("a kill may double what is under way, trouble what it meets, and a machine that stalls a few")
                .isLessThanOrEqualTo(
                        hospital.total() + destination.troubles() + KILLS * UNDER_WAY + hospital.total() / 100);
    }

    /** Both of two processes read what either wrote. */
    private void keys() throws IOException {
        var key = new byte[32];
        new Random(SEED).nextBytes(key);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                Files.createFile(folder.resolve("payload.keys"), owner),
                Base64.getEncoder().encodeToString(key));
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}

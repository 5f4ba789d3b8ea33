package org.ehrhub.hl7v2.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.hl7v2.journal.Hl7.admission;
import static org.ehrhub.hl7v2.journal.Hl7.bytes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.hl7v2.journal.ChannelRoutes.Delivering;
import org.ehrhub.hl7v2.journal.ChannelRoutes.Receiving;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels between real sockets. */
class ChannelRoutesIT {
    private static final int SENDERS = 16;
    private static final int EACH = 25;
    private static final int PATIENTS = 3;

    private final MemoryJournal journal = new MemoryJournal();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private int port;

    @BeforeEach
    void bind() throws IOException {
        camel.getRegistry().bind("journal", journal);
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void start(List<Delivering> delivering) throws Exception {
        camel.addRoutes(new ChannelRoutes(
                List.of(new Receiving("receive", "mllp-server:127.0.0.1:" + port, "journal:adt-in")), delivering));
        camel.start();
    }

    private MllpClient client() {
        return new MllpClient(ClientSettings.to("127.0.0.1", port));
    }

    private static String answered(Delivery delivery) {
        return new String(((Delivery.Acknowledged) delivery).answer(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void acknowledgesWhatTheJournalHas() throws Exception {
        start(List.of());
        try (var client = client()) {
            assertThat(answered(client.send(bytes(admission("1", "A"))))).contains("MSA|AA|1");
            assertThat(journal.rows("adt-in")).hasSize(1);
            assertThat(answered(client.send(bytes(admission("1", "A"))))).contains("MSA|AA|1");
            assertThat(journal.rows("adt-in")).hasSize(1);
            assertThat(answered(client.send(bytes(admission("1", "B")))))
                    .contains("MSA|AR|1")
                    .contains("ERR||MSH^1^10|205^Duplicate key identifier");
            journal.breaks(true);
            assertThat(answered(client.send(bytes(admission("2", "A")))))
                    .contains("MSA|AE|2")
                    .contains("|207^");
            journal.breaks(false);
            assertThat(answered(client.send(bytes(admission("2", "A"))))).contains("MSA|AA|2");
        }
    }

    @ParameterizedTest
    @CsvSource({"AL|NE,CA,CE", "AL|AL,CA,CE", "NE|AL,AA,AE"})
    void acknowledgesTheCommitInTheEnhancedMode(String wanted, String kept, String notKept) throws Exception {
        start(List.of());
        var message = admission("1", "A").replace("|2.5.1\r", "|2.5.1|||" + wanted + "\r");
        try (var client = client();
                var other = client()) {
            journal.breaks(true);
            assertThat(answered(client.send(bytes(message)))).contains("MSA|" + notKept + "|1");
            journal.breaks(false);
            var answer = answered(other.send(bytes(message)));
            assertThat(answer).contains("MSA|" + (wanted.equals("AL|AL") ? "AA" : kept) + "|1");
        }
    }

    @Test
    void aMessageThatWantsNoAnswerIsDoneWithoutOne() throws Exception {
        start(List.of(new Delivering(
                "out", "journal:adt-out", "mllp-client:127.0.0.1:" + port))); // which holds to the standard
        var silent = bytes(admission("1", "A").replace("|2.5.1\r", "|2.5.1|||NE|NE\r"));
        journal.keep(MessageIndex.of(silent, Ordering.USUAL).message("adt-out", silent));

        journal.untilFinished("adt-out");

        assertThat(journal.rows("adt-out"))
                .extracting(row -> row.state + row.attempts)
                .containsExactly("DONE1");
        assertThat(journal.rows("adt-in")).hasSize(1);
    }

    @Test
    void leavesMessagesAloneWhileTheirDestinationIsNotThere() throws Exception {
        start(List.of());
        try (var client = client()) {
            for (int patient = 0; patient < 50; patient++) {
                client.send(bytes(admission("m" + patient, "P" + patient)));
            }
        }
        int nobody;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        camel.addRoutes(new ChannelRoutes(
                List.of(),
                List.of(new Delivering("deliver", "journal:adt-in?workers=2", "mllp-client:127.0.0.1:" + nobody))));
        journal.until(all -> all.stream().mapToInt(row -> row.attempts).sum() >= 4);

        assertThat(journal.rows("adt-in").stream()
                        .filter(row -> row.attempts == 0)
                        .count())
                .as("messages that were not tried in vain")
                .isGreaterThan(40);
    }

    @Test
    void losesNothingAndKeepsEachPatientsOrderOnTheWayToATroubledDestination() throws Exception {
        try (var receiver = new TroubledReceiver(15, 7)) {
            start(List.of(
                    new Delivering("hand-over", "journal:adt-in?workers=4", "journal:lab-out"),
                    new Delivering(
                            "deliver",
                            "journal:lab-out?workers=4&refused=retry&retryAfter=20ms&mostRetryAfter=100ms",
                            "mllp-client:127.0.0.1:" + receiver.port() + "?connections=4&answerLimit=200ms")));

            sendAll();
            journal.untilFinished("adt-in");
            journal.untilFinished("lab-out");

            var all = IntStream.range(0, SENDERS)
                    .boxed()
                    .flatMap(sender -> messages(sender).stream())
                    .toList();
            assertThat(receiver.applied()).containsExactlyInAnyOrderElementsOf(all);
            assertThat(receiver.deliveries()).as("troubles there were").isGreaterThan(all.size());
            for (int sender = 0; sender < SENDERS; sender++) {
                for (int patient = 0; patient < PATIENTS; patient++) {
                    var ofOne = "PID|1||" + sender + "-" + patient + "|";
                    assertThat(receiver.applied())
                            .filteredOn(message -> message.contains(ofOne))
                            .containsExactlyElementsOf(messages(sender).stream()
                                    .filter(message -> message.contains(ofOne))
                                    .toList());
                }
            }
        }
    }

    private void sendAll() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = new ArrayList<Future<?>>();
            for (int sender = 0; sender < SENDERS; sender++) {
                var messages = messages(sender);
                senders.add(threads.submit((Callable<?>) () -> {
                    send(messages);
                    return null;
                }));
            }
            journal.breaks(true);
            Thread.sleep(100);
            journal.breaks(false);
            for (var sender : senders) {
                sender.get();
            }
        }
    }

    /** As a sender does: the next one after the acknowledgement, and the same one again without. */
    private void send(List<String> messages) throws InterruptedException {
        try (var client = client()) {
            for (var message : messages) {
                while (!isAccepted(client.send(bytes(message)))) {
                    Thread.sleep(20);
                }
                if (message.hashCode() % 5 == 0) {
                    client.send(bytes(message)); // a sender that forgets
                }
            }
        }
    }

    private static boolean isAccepted(Delivery delivery) {
        return delivery instanceof Delivery.Acknowledged answered
                && answered.acknowledgement().code() == AcknowledgementCode.AA;
    }

    private static List<String> messages(int sender) {
        return IntStream.range(0, EACH)
                .mapToObj(number -> admission(sender + "." + number, sender + "-" + number % PATIENTS))
                .toList();
    }
}

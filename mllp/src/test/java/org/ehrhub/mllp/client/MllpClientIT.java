package org.ehrhub.mllp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.ehrhub.mllp.Clients;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MllpClientIT {
    private final ScriptedReceiver receiver = new ScriptedReceiver();
    private final MllpClient client = client(Duration.ofSeconds(10));

    MllpClientIT() throws IOException {}

    private MllpClient client(Duration answerLimit) {
        return new MllpClient(Clients.to(receiver.port(), answerLimit, null));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        receiver.close();
    }

    private Delivery send(String controlId) {
        return client.send(bytes(admission(controlId)));
    }

    private Delivery send(String controlId, String conditions) {
        return client.send(bytes(admission(controlId, conditions, "DOE")));
    }

    private static void assertAcknowledged(Delivery delivery, String code, String controlId) {
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Acknowledged.class,
                        found -> assertThat(found.acknowledgement())
                                .isEqualTo(new Acknowledgement(AcknowledgementCode.valueOf(code), controlId)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AE", "AR", "CA", "CE", "CR"})
    void tellsWhatTheReceiverAnswered(String code) {
        receiver.then((message, wire) -> wire.send(code, message.controlId()));

        assertAcknowledged(send("1"), code, "1");
    }

    @Test
    void keepsOneConnectionAndTheOrderOfMessages() {
        var ids = IntStream.range(0, 20).mapToObj(Integer::toString).toList();

        ids.forEach(id -> assertAcknowledged(send(id), "AA", id));

        assertThat(receiver.received()).containsExactlyElementsOf(ids);
    }

    @Test
    void waitsPastAnAnswerToAnotherMessage() {
        receiver.then((message, wire) -> {
            wire.send("AE", "FOREIGN");
            wire.send("AA", message.controlId());
        });

        assertAcknowledged(send("1"), "AA", "1");
    }

    @Test
    void waitsForTheApplicationAcknowledgementAfterTheCommit() {
        receiver.then((message, wire) -> {
            wire.send("CA", message.controlId());
            wire.send("AE", message.controlId());
        });

        assertAcknowledged(client.send(bytes(admission("1", "|||AL|AL", "DOE"))), "AE", "1");
        assertAcknowledged(send("2"), "AA", "2");
    }

    @Test
    void doesNotKnowWhatBecameOfAMessageWhoseConnectionBroke() {
        receiver.then((message, wire) -> wire.hangUp());

        assertThat(send("1")).isInstanceOf(Delivery.Unknown.class);

        assertThat(receiver.received()).as("it is not sent again").containsExactly("1");
        assertAcknowledged(send("2"), "AA", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|||NE|NE", "|||NE|", "|||NE|ER"})
    void takesSilenceForTheAnswerThatTheMessageAsksFor(String conditions) throws IOException {
        try (var patient = client(Duration.ofMillis(600))) {
            receiver.then((message, wire) -> {});
            receiver.then((message, wire) -> wire.send("AA", message.controlId()));

            assertThat(patient.send(bytes(admission("1", conditions, "DOE")))).isEqualTo(Delivery.UNANSWERED);
            assertAcknowledged(patient.send(bytes(admission("2", conditions, "DOE"))), "AA", "2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"|||NE|NE", "|||ER|NE"})
    void doesNotTakeABrokenConnectionForSilence(String conditions) {
        receiver.then((message, wire) -> wire.hangUp());

        assertThat(send("1", conditions)).isInstanceOf(Delivery.Unknown.class).isNotEqualTo(Delivery.UNANSWERED);
    }

    @Test
    void doesNotTakeALateAnswerForThatOfTheNextMessage() throws IOException {
        try (var impatient = client(Duration.ofMillis(100))) {
            receiver.then((message, wire) -> {});

            assertThat(impatient.send(bytes(admission("1")))).isInstanceOf(Delivery.Unknown.class);
            assertAcknowledged(impatient.send(bytes(admission("2"))), "AA", "2");
        }
        assertThat(receiver.received()).containsExactly("1", "2");
    }

    @Test
    void connectsAnewWhenTheReceiverHadEndedTheConnection() throws InterruptedException {
        var ended = new CountDownLatch(1);
        receiver.then((message, wire) -> {
            wire.send("AA", message.controlId());
            wire.hangUp();
            ended.countDown();
        });

        assertAcknowledged(send("1"), "AA", "1");
        ended.await();
        assertAcknowledged(send("2"), "AA", "2");
    }

    @Test
    void sendsNothingWhereNobodyListens() throws IOException {
        int free;
        try (var listening = new ServerSocket(0)) {
            free = listening.getLocalPort();
        }
        try (var alone = new MllpClient(ClientSettings.to("127.0.0.1", free))) {
            assertThat(alone.send(bytes(admission("1")))).isInstanceOf(Delivery.NotSent.class);
        }
    }

    @Test
    void refusesAMessageWhoseAnswerCouldNotBeTold() {
        for (var message : List.of("PID|1\r", admission(""), "MSH")) {
            assertThatThrownBy(() -> client.send(bytes(message))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(receiver.received()).isEmpty();
    }
}

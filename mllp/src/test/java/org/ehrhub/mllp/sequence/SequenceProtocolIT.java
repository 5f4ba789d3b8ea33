package org.ehrhub.mllp.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.text;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.ehrhub.mllp.Clients;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Problem;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.server.Answer;
import org.ehrhub.mllp.server.MllpServer;
import org.ehrhub.mllp.server.Received;
import org.ehrhub.mllp.server.ServerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages with sequence numbers (HL7 v2.5.1, 2.10.1), as each end sees them. */
class SequenceProtocolIT {
    @TempDir
    Path folder;

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private MllpServer server;
    private volatile boolean refusing;
    private volatile byte[] last = {};

    @BeforeEach
    void start() throws IOException {
        server = started("receiver");
    }

    private MllpServer started(String memory) throws IOException {
        var usual = ServerSettings.at("127.0.0.1", 0);
        var settings = new ServerSettings(
                usual.host(),
                0,
                100,
                100_000,
                null,
                usual.pause(),
                usual.answerLimit(),
                List.of(),
                null,
                false,
                Set.of(),
                true,
                usual.rates(),
                usual.reconnect(),
                SequenceNumbers.in(folder.resolve(memory)));
        return MllpServer.start(settings, this::take, new Reply(Clock.systemUTC(), new ControlIds()));
    }

    private Answer take(Received message) {
        if (refusing) {
            return Answer.refused(AcknowledgementCode.AE, Problem.internal());
        }
        last = message.content();
        received.add(message.header().controlId() + " " + message.header().field(13));
        return Answer.DONE;
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Sends with a number, or none; gives the code and the number that is expected next, such as {@code AA 2}. */
    private String send(MllpClient client, String controlId, String number) {
        return sent(client, admission(controlId, "|" + number, "DOE^JANE"));
    }

    private static String header(String number) {
        return "MSH|^~\\&|ADT|EAST|HUB|WEST|20260302||^|L1|P|2.5.1|" + number + "\r";
    }

    private static String sent(MllpClient client, String message) {
        return switch (client.send(bytes(message))) {
            case Delivery.Acknowledged(Acknowledgement said, byte[] answer) -> {
                var expected = Acknowledgement.expected(answer);
                yield said.code() + (expected.isPresent() ? " " + expected.getAsLong() : "");
            }
            case Delivery other -> other.toString();
        };
    }

    private MllpClient client() {
        return new MllpClient(Clients.to(server.port(), Duration.ofSeconds(5), null));
    }

    private MllpClient numbering(String memory) throws IOException {
        return new MllpClient(Clients.numbering(server.port(), SequenceNumbers.in(folder.resolve(memory))));
    }

    @Test
    void aReceiverTakesMessagesInTheOrderOfTheirNumbersOnly() {
        try (var client = client()) {
            assertThat(send(client, "A", "7"))
                    .as("the first one, whatever its number")
                    .isEqualTo("AA 8");
            assertThat(send(client, "B", "8")).isEqualTo("AA 9");
            assertThat(send(client, "D", "10")).as("one is missing").isEqualTo("AR 9");
            assertThat(send(client, "B", "8")).as("its answer was lost").isEqualTo("AA 9");
            assertThat(send(client, "X", "8")).as("another one of that number").isEqualTo("AR 9");
            assertThat(send(client, "C", "9")).isEqualTo("AA 10");
            assertThat(send(client, "D", "ten")).isEqualTo("AR");
            assertThat(send(client, "E", "")).as("one without a number").isEqualTo("AA");
        }
        assertThat(received).containsExactly("A 7", "B 8", "C 9", "E ");
    }

    @Test
    void aReceiverTellsWhichNumberItExpectsAndBeginsAnew() {
        try (var client = client()) {
            assertThat(sent(client, header("0"))).isEqualTo("AA -1");
            assertThat(send(client, "A", "7")).isEqualTo("AA 8");
            assertThat(sent(client, header("0"))).isEqualTo("AA 8");
            assertThat(send(client, "LOST", "0"))
                    .as("a message is not lost as a question")
                    .isEqualTo("AR 8");
            assertThat(sent(client, header("-1"))).isEqualTo("AA -1");
            assertThat(send(client, "B", "1")).isEqualTo("AA 2");
        }
        assertThat(received).containsExactly("A 7", "B 1");
    }

    @Test
    void aReceiverRemembersItsSendersWhenItStartsAgain() throws IOException {
        try (var client = client()) {
            assertThat(send(client, "A", "7")).isEqualTo("AA 8");
        }
        try (var again = started("receiver");
                var client = new MllpClient(Clients.to(again.port(), Duration.ofSeconds(5), null))) {
            assertThat(sent(client, header("0"))).isEqualTo("AA 8");
        }
    }

    @Test
    void aMessageThatIsRefusedHasNotUsedItsNumber() {
        try (var client = client()) {
            assertThat(send(client, "A", "7")).isEqualTo("AA 8");
            refusing = true;
            assertThat(send(client, "B", "8")).isEqualTo("AE 8");
            refusing = false;
            assertThat(send(client, "C", "8")).isEqualTo("AA 9");
        }
    }

    @Test
    void aSenderNumbersItsMessagesAndGoesOnWhenItStartsAgain() throws IOException {
        try (var client = numbering("sender")) {
            assertThat(sent(client, admission("A"))).isEqualTo("AA 2");
            assertThat(sent(client, admission("B"))).isEqualTo("AA 3");
        }
        try (var client = numbering("sender")) {
            refusing = true;
            assertThat(sent(client, admission("C"))).isEqualTo("AE 3");
            refusing = false;
            assertThat(sent(client, admission("D"))).isEqualTo("AA 4");
        }
        assertThat(received).containsExactly("A 1", "B 2", "D 3");
    }

    @Test
    void aSenderThatDoesNotKnowWhatBecameOfAMessageSendsItWithItsOwnNumber() throws IOException {
        try (var client = numbering("sender")) {
            assertThat(sent(client, admission("A"))).isEqualTo("AA 2");
        }
        // it ended after the receiver had taken B and before it knew
        SequenceNumbers.in(folder.resolve("sender"))
                .keep("127.0.0.1:" + server.port(), new SequenceNumbers.Last(2, "B"));
        try (var other = client()) {
            assertThat(send(other, "B", "2")).isEqualTo("AA 3");
        }
        try (var client = numbering("sender")) {
            assertThat(sent(client, admission("B"))).isEqualTo("AA 3");
            assertThat(sent(client, admission("C"))).isEqualTo("AA 4");
        }
        assertThat(received).as("each once").containsExactly("A 1", "B 2", "C 3");
    }

    @Test
    void aSenderStopsWhereItsReceiverExpectsWhatItDoesNotKnow() throws IOException {
        try (var client = numbering("sender")) {
            assertThat(sent(client, admission("A"))).isEqualTo("AA 2");
        }
        try (var other = client()) {
            assertThat(send(other, "X", "2")).isEqualTo("AA 3");
            assertThat(send(other, "Y", "3")).isEqualTo("AA 4");
        }
        try (var client = numbering("sender")) {
            assertThat(client.send(bytes(admission("B")))).isInstanceOf(Delivery.NotSent.class);
        }
        assertThat(received).containsExactly("A 1", "X 2", "Y 3");
    }

    @Test
    void aSenderAsksWhatBecameOfAMessageThatWantsNoAnswer() throws IOException {
        try (var client = numbering("sender")) {
            var silent = bytes(admission("A", "|||NE|NE", "DOE^JANE"));
            assertThat(client.send(silent)).isEqualTo(Delivery.UNANSWERED);
            assertThat(sent(client, admission("B"))).isEqualTo("AA 3");
        }
        assertThat(received).containsExactly("A 1", "B 2");
    }

    @Test
    void aNumberIsAllThatASenderChanges() throws IOException {
        try (var client = numbering("sender")) {
            assertThat(sent(client, admission("A", "||||||8859/1", "M\u00dcLLER")))
                    .isEqualTo("AA 2");
        }
        assertThat(text(last)).isEqualTo(admission("A", "|1|||||8859/1", "M\u00dcLLER"));
    }
}

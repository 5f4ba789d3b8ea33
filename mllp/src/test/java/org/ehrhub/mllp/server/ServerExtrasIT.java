package org.ehrhub.mllp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.framed;
import static org.ehrhub.mllp.Messages.text;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.server.ServerSettings.Rates;
import org.ehrhub.mllp.sockets.Reconnect;
import org.junit.jupiter.api.Test;

/** Rates, senders that take no answers, and servers that connect to their sender. */
class ServerExtrasIT {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Reconnect SOON = new Reconnect(Duration.ofMillis(10), Duration.ofMillis(20));

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    private static ServerSettings settings(int port, Duration answerLimit, Rates rates) {
        return new ServerSettings(
                LOOPBACK,
                port,
                100,
                100_000,
                null,
                Duration.ofMillis(300),
                answerLimit,
                List.of(),
                null,
                false,
                Set.of(),
                true,
                rates,
                SOON,
                null);
    }

    private Answer take(Received message) {
        received.add(message.header().controlId());
        return Answer.DONE;
    }

    private static Reply reply() {
        return new Reply(Clock.systemUTC(), new ControlIds());
    }

    private MllpServer started(Rates rates) throws IOException {
        return MllpServer.start(settings(0, Duration.ofSeconds(5), rates), this::take, reply());
    }

    private static byte[] many(int count) {
        var all = new StringBuilder();
        IntStream.range(0, count).forEach(i -> all.append(text(framed(admission("P" + i)))));
        return bytes(all.toString());
    }

    private static void assertAllAcknowledged(RawPeer peer, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(peer.acknowledged()).isEqualTo("AA P" + i);
        }
    }

    @Test
    void holdsAConnectionBackThatIsTooFastAndLosesNothing() throws IOException {
        try (var server = started(new Rates(100, 0));
                var peer = new RawPeer(server.port())) {
            long began = System.nanoTime();
            assertAllAcknowledged(peer.send(many(40)), 40);

            // eleven may come at once; the others take their turns
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(280));
        }
        assertThat(received).hasSize(40);
    }

    @Test
    void holdsAllConnectionsTogetherToTheRateOfTheServer() throws IOException {
        try (var server = started(new Rates(0, 100));
                var one = new RawPeer(server.port());
                var other = new RawPeer(server.port())) {
            long began = System.nanoTime();
            one.send(many(20));
            other.send(many(20));
            assertAllAcknowledged(one, 20);
            assertAllAcknowledged(other, 20);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(280));
        }
        assertThat(received).hasSize(40);
    }

    @Test
    void neitherTakesNorAnswersWhatWaitsForItsTurnAsTheServerStops() throws IOException {
        var server = started(new Rates(1, 0));
        try (server;
                var peer = new RawPeer(server.port())) {
            assertThat(peer.send(many(10)).acknowledged()).isEqualTo("AA P0");
            server.close();

            assertThat(peer.answer()).isEmpty();
        }
        assertThat(received).containsExactly("P0");
    }

    @Test
    void leavesASenderThatTakesNoAnswers() throws Exception {
        var longReply =
                bytes("MSH|^~\\&|B|D|A|C|20260302||RSP^K22|9|P|2.5\rMSA|AA|1\rQAK|" + "x".repeat(90_000) + "\r");
        try (var server = MllpServer.start(
                        settings(0, Duration.ofMillis(200), Rates.ANY),
                        message -> new Answer.Message(longReply),
                        reply());
                var peer = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            for (int i = 0; i < 200; i++) {
                peer.getOutputStream().write(framed(admission("1")));
            }
            var ended = peer.getInputStream();
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (server.connections() > 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }

            assertThat(server.connections()).isZero();
            assertThat(ended).isNotNull();
        }
    }

    @Test
    void connectsToASenderThatListensAndAnswersIt() throws IOException {
        var waiting = ClientSettings.to(LOOPBACK, 0);
        try (var client = MllpClient.listening(waiting);
                var server = MllpServer.dialling(
                        settings(client.port(), Duration.ofSeconds(5), Rates.ANY), this::take, reply())) {
            for (var id : List.of("1", "2", "3")) {
                assertThat(client.send(bytes(admission(id)))).isInstanceOf(Delivery.Acknowledged.class);
            }
            assertThat(server.connections()).isOne();
        }
        assertThat(received).containsExactly("1", "2", "3");
    }

    @Test
    void connectsAgainWhenASenderThatListensIsBack() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (var server = MllpServer.dialling(settings(port, Duration.ofSeconds(5), Rates.ANY), this::take, reply())) {
            for (var id : List.of("1", "2")) {
                try (var client = MllpClient.listening(ClientSettings.to(LOOPBACK, port))) {
                    assertThat(client.send(bytes(admission(id)))).isInstanceOf(Delivery.Acknowledged.class);
                }
            }
            assertThat(server.port()).isEqualTo(port);
        }
        assertThat(received).containsExactly("1", "2");
    }
}

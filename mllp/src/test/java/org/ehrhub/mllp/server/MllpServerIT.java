package org.ehrhub.mllp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.framed;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.ehrhub.mllp.Clients;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.sockets.AddressRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may connect, and what a server does with those who take too long. */
class MllpServerIT {
    private static final String LOOPBACK = "127.0.0.1";

    private final List<Sender> senders = Collections.synchronizedList(new ArrayList<>());

    private static ServerSettings settings(
            int connections,
            @Nullable Duration idle,
            List<AddressRange> from,
            @Nullable SSLContext tls,
            Set<String> subjects) {
        var usual = ServerSettings.at(LOOPBACK, 0);
        return new ServerSettings(
                LOOPBACK,
                0,
                connections,
                100_000,
                idle,
                usual.pause(),
                Duration.ofSeconds(5),
                from,
                tls,
                tls != null,
                subjects,
                true,
                usual.rates(),
                usual.reconnect(),
                null);
    }

    private static ServerSettings from(String range) {
        return settings(10, null, List.of(AddressRange.of(range)), null, Set.of());
    }

    private MllpServer started(ServerSettings settings) throws IOException {
        return MllpServer.start(
                settings,
                message -> {
                    senders.add(message.sender());
                    return Answer.DONE;
                },
                new Reply(Clock.systemUTC(), new ControlIds()));
    }

    private static Delivery send(MllpServer server, @Nullable SSLContext tls) {
        var settings = Clients.to(server.port(), Duration.ofSeconds(5), tls);
        try (var client = new MllpClient(settings)) {
            return client.send(bytes(admission("1")));
        }
    }

    private static void assertAccepted(Delivery delivery) {
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Acknowledged.class,
                        found -> assertThat(found.acknowledgement().code()).isEqualTo(AcknowledgementCode.AA));
    }

    @Test
    void takesMessagesFromTheAddressesOfItsRangesOnly() throws IOException {
        try (var open = started(from("127.0.0.0/8"));
                var closed = started(from("10.0.0.0/8"))) {
            assertAccepted(send(open, null));
            assertThat(send(closed, null)).isNotInstanceOf(Delivery.Acknowledged.class);
        }
        assertThat(senders).hasSize(1);
    }

    @Test
    void bindsASenderToItsCertificate(@TempDir Path folder) throws Exception {
        var own = Certificate.of(folder, "hub");
        var lab = Certificate.of(folder, "lab");
        var radiology = Certificate.of(folder, "radiology");
        var stranger = Certificate.of(folder, "stranger");
        try (var server = started(settings(10, null, List.of(), own.trusting(lab, radiology), Set.of("CN=lab")))) {
            assertAccepted(send(server, lab.trusting(own)));
            assertThat(send(server, radiology.trusting(own))).isNotInstanceOf(Delivery.Acknowledged.class);
            assertThat(send(server, stranger.trusting(own))).isNotInstanceOf(Delivery.Acknowledged.class);
            assertThat(send(server, null)).isNotInstanceOf(Delivery.Acknowledged.class);
        }
        assertThat(senders).extracting(Sender::certificate).containsExactly(Optional.of("CN=lab"));
    }

    @Test
    void aClientTrustsOnlyTheHostsItShould(@TempDir Path folder) throws Exception {
        var own = Certificate.of(folder, "hub");
        var lab = Certificate.of(folder, "lab");
        try (var server = started(settings(10, null, List.of(), own.trusting(lab), Set.of()))) {
            assertThat(send(server, lab.trusting(lab))).isInstanceOf(Delivery.NotSent.class);
        }
        assertThat(senders).isEmpty();
    }

    @Test
    void closesAConnectionMoreThanItTakes() throws IOException {
        try (var server = started(settings(1, null, List.of(), null, Set.of()));
                var first = new RawPeer(server.port())) {
            assertThat(first.send(framed(admission("1"))).acknowledged()).isEqualTo("AA 1");
            try (var second = new RawPeer(server.port())) {
                assertThat(second.answer()).isEmpty();
            }
            assertThat(first.send(framed(admission("2"))).acknowledged()).isEqualTo("AA 2");
        }
    }

    @Test
    void endsAConnectionThatSaysNothing() throws IOException {
        try (var server = started(settings(10, Duration.ofMillis(50), List.of(), null, Set.of()));
                var peer = new RawPeer(server.port())) {
            assertThat(peer.answer()).isEmpty();
        }
    }

    @Test
    void answersWhatItIsTakingBeforeItCloses() throws Exception {
        var taken = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var server = MllpServer.start(
                ServerSettings.at(LOOPBACK, 0),
                message -> {
                    taken.countDown();
                    awaitQuietly(answer);
                    return Answer.STORED;
                },
                new Reply(Clock.systemUTC(), new ControlIds()));
        try (var peer = new RawPeer(server.port())) {
            peer.send(framed(admission("1")));
            taken.await();
            var closing = Thread.ofVirtual().start(() -> closeQuietly(server));
            answer.countDown();

            assertThat(peer.acknowledged()).isEqualTo("AA 1");
            assertThat(peer.answer()).isEmpty();
            closing.join();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closeQuietly(MllpServer server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void saysWhenItsPortIsTaken() throws IOException {
        try (var server = started(from("127.0.0.0/8"))) {
            var same = ServerSettings.at(LOOPBACK, server.port());
            assertThatThrownBy(() -> started(same)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void refusesNamesWhereAddressesBelong() {
        assertThatThrownBy(() -> AddressRange.of("lab.example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AddressRange.of("10.0.0.0/33")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReceiverThatFailsIsToldOfWithoutItsWords() throws IOException {
        try (var server = MllpServer.start(
                        ServerSettings.at(LOOPBACK, 0),
                        message -> {
                            throw new IllegalStateException("DOE^JANE");
                        },
                        new Reply(Clock.systemUTC(), new ControlIds()));
                var peer = new RawPeer(server.port())) {
            var answer = peer.send(framed(admission("1"))).answer().orElseThrow();

            assertThat(answer).contains("MSA|AE|1").contains("207").doesNotContain("DOE");
        }
    }
}

package org.ehrhub.mllp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.framed;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.ehrhub.mllp.Clients;
import org.ehrhub.mllp.framing.Framer;
import org.ehrhub.mllp.sockets.AddressRange;
import org.ehrhub.mllp.sockets.Reconnect;
import org.junit.jupiter.api.Test;

/** How a client finds back to its receiver, stays with it, and waits for one that connects by itself. */
class ClientExtrasIT {
    private static final Reconnect LATE = new Reconnect(Duration.ofMinutes(10), Duration.ofMinutes(10));
    private static final Reconnect SOON = new Reconnect(Duration.ofMillis(1), Duration.ofMillis(5));

    private static int free() throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return listening.getLocalPort();
        }
    }

    private static Socket connected(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static Delivery send(MllpClient client, String controlId) {
        return client.send(bytes(admission(controlId)));
    }

    @Test
    void leavesAReceiverAloneThatItCouldNotReach() throws IOException {
        int port = free();
        try (var client = new MllpClient(Clients.reconnecting(port, LATE, null))) {
            assertThat(send(client, "1")).isInstanceOf(Delivery.NotSent.class);
            try (var receiver = new ScriptedReceiver(port)) {
                assertThat(send(client, "2")).isInstanceOf(Delivery.NotSent.class);
                assertThat(receiver.received()).isEmpty();
            }
        }
    }

    @Test
    void aMessageWaitsForAReceiverThatComesBackWithinItsPatience() throws Exception {
        int port = free();
        try (var client = new MllpClient(Clients.reconnecting(port, SOON, Duration.ofSeconds(20)))) {
            var sending = Thread.ofVirtual().start(() -> send(client, "1"));
            try (var receiver = new ScriptedReceiver(port)) {
                sending.join();
                assertThat(receiver.received()).containsExactly("1");
            }
        }
    }

    @Test
    void tellsAfterItsPatienceThatNobodyCameBack() throws IOException {
        try (var client = new MllpClient(Clients.reconnecting(free(), SOON, Duration.ofMillis(50)))) {
            assertThat(send(client, "1")).isInstanceOf(Delivery.NotSent.class);
        }
    }

    @Test
    void sendsACarriageReturnNowAndThenAndMessagesAllTheSame() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new MllpClient(Clients.keepingAlive(listening.getLocalPort(), Duration.ofMillis(10)))) {
            var first = Thread.ofVirtual().start(() -> send(client, "1"));
            try (var peer = listening.accept()) {
                answer(peer, "1");
                first.join();
                for (int i = 0; i < 3; i++) {
                    assertThat(peer.getInputStream().read()).isEqualTo('\r');
                }
                var second = Thread.ofVirtual().start(() -> send(client, "2"));
                answer(peer, "2");
                second.join();
            }
        }
    }

    /** Reads one message and acknowledges it. */
    private static void answer(Socket peer, String controlId) throws IOException {
        var found = new ArrayDeque<byte[]>();
        var framer = new Framer(100_000, frame -> found.add(frame.content()));
        while (found.isEmpty()) {
            framer.take(new byte[] {(byte) peer.getInputStream().read()}, 0, 1);
        }
        assertThat(new String(found.element(), StandardCharsets.ISO_8859_1)).isEqualTo(admission(controlId));
        peer.getOutputStream()
                .write(framed(
                        "MSH|^~\\&|B|D|A|C|20260302||ACK|A" + controlId + "|P|2.5.1\rMSA|AA|" + controlId + "\r"));
    }

    @Test
    void keepsTheNewestOfTheConnectionsThatReceiversMake() throws Exception {
        var settings = ClientSettings.to("127.0.0.1", 0);
        try (var client = MllpClient.listening(settings);
                var lost = connected(client.port());
                var back = connected(client.port())) {
            assertThat(lost.getInputStream().read()).isEqualTo(-1);
            var sending = Thread.ofVirtual().start(() -> send(client, "1"));
            answer(back, "1");
            sending.join();
        }
    }

    @Test
    void sendsNothingToReceiversWhoseAddressesMayNotConnect() throws IOException {
        var usual = ClientSettings.to("127.0.0.1", 0);
        var settings = new ClientSettings(
                usual.host(),
                0,
                1,
                Duration.ofMillis(200),
                usual.answerLimit(),
                usual.mostBytes(),
                null,
                true,
                null,
                usual.reconnect(),
                null,
                List.of(AddressRange.of("10.0.0.0/8")),
                null);
        try (var client = MllpClient.listening(settings);
                var peer = connected(client.port())) {
            assertThat(send(client, "1")).isInstanceOf(Delivery.NotSent.class);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void saysWhenThePortWhereItWaitsIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = ClientSettings.to("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> MllpClient.listening(settings)).isInstanceOf(BindException.class);
        }
    }
}

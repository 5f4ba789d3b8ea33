package org.ehrhub.server.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.server.Answer;
import org.ehrhub.mllp.server.MllpServer;
import org.ehrhub.mllp.server.ServerSettings;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.StoreSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels from a configuration, over real sockets and a real store. */
class MessageChannelsIT {
    private static final String MESSAGE = "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|%s|P|2.5\rPID|1||%s^^^A\r";

    @TempDir
    private Path folder;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ChannelWatch watch = new ChannelWatch() {
        @Override
        public void received(String channel, String code, Duration took) {
            told.add(channel + " received " + code);
        }

        @Override
        public void delivered(String channel, String outcome, Duration took) {
            told.add(channel + " delivered " + outcome);
        }
    };
    private HubStore store;

    @BeforeEach
    void start() throws IOException {
        camel.disableJMX();
        camel.start();
        var data = Files.createDirectory(folder.resolve("data"));
        store = HubStore.open(
                StoreSettings.in(data),
                data,
                new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(2192)),
                Duration.ofSeconds(10),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        camel.stop();
        store.close();
    }

    @Test
    void whatIsReceivedIsAcknowledgedAndDeliveredAsItCame() throws Exception {
        var lab = receiver(0);
        var port = freePort();
        channels("adt: {receive: {port: %d}, deliver: {host: 127.0.0.1, port: %d}}".formatted(port, lab.port()));

        assertThat(send(port, MESSAGE.formatted("M1", "7"))).isEqualTo("AA");

        assertThat(lab.next()).isEqualTo(MESSAGE.formatted("M1", "7"));
        assertThat(told(2)).containsExactlyInAnyOrder("adt received AA", "adt delivered AA");
    }

    @Test
    void aMessageGoesOnToEveryChannelThatIsNamed() throws Exception {
        var lab = receiver(0);
        var billing = receiver(0);
        var port = freePort();
        channels("""
                adt: {receive: {port: %d}, to: [lab, billing]}
                  lab: {deliver: {host: 127.0.0.1, port: %d}}
                  billing: {deliver: {host: 127.0.0.1, port: %d}}""".formatted(port, lab.port(), billing.port()));

        send(port, MESSAGE.formatted("M1", "7"));

        assertThat(lab.next()).isEqualTo(MESSAGE.formatted("M1", "7"));
        assertThat(billing.next()).isEqualTo(MESSAGE.formatted("M1", "7"));
    }

    @Test
    void aMessageThatComesAgainIsKeptOnceAndAnotherOfItsNameIsRefused() throws Exception {
        var lab = receiver(0);
        var port = freePort();
        channels("adt: {receive: {port: %d}, deliver: {host: 127.0.0.1, port: %d}}".formatted(port, lab.port()));

        assertThat(send(port, MESSAGE.formatted("M1", "7"))).isEqualTo("AA");
        assertThat(send(port, MESSAGE.formatted("M1", "7"))).isEqualTo("AA");
        assertThat(send(port, MESSAGE.formatted("M1", "8"))).isEqualTo("AR");
        assertThat(send(port, MESSAGE.formatted("M2", "7"))).isEqualTo("AA");

        assertThat(lab.next()).contains("|M1|");
        assertThat(lab.next()).contains("|M2|");
        assertThat(told(6))
                .contains("adt received AR")
                .filteredOn("adt received AA"::equals)
                .hasSize(3);
    }

    @Test
    void sendersAreAnsweredWhileTheReceiverIsDownAndItGetsEverythingInItsOrder() throws Exception {
        var port = freePort();
        var labs = freePort();
        channels(
                "adt: {receive: {port: %d}, deliver: {host: 127.0.0.1, port: %d, retry-after: 100ms, most-retry-after: 200ms}}"
                        .formatted(port, labs));

        for (int i = 1; i <= 5; i++) {
            assertThat(send(port, MESSAGE.formatted("M" + i, "7"))).isEqualTo("AA");
        }
        assertThat(told(6)).contains("adt delivered not_sent");
        var lab = receiver(labs);

        for (int i = 1; i <= 5; i++) {
            assertThat(lab.next()).contains("|M" + i + "|");
        }
    }

    @Test
    void bothSidesAreSecuredAndASenderIsKnownByItsCertificate() throws Exception {
        PemPair.write(folder, "hub", "CN=hub");
        PemPair.write(folder, "sender", "CN=adt feed, O=General \\+ Hospital");
        var first = freePort();
        var second = freePort();
        var lab = receiver(0);
        channels("""
                plain:
                    receive: {port: %1$d}
                    deliver:
                      host: 127.0.0.1
                      port: %2$d
                      tls: {certificate: sender.pem, key: sender.key, authorities: hub.pem}
                  secured:
                    receive:
                      port: %2$d
                      tls: {certificate: hub.pem, key: hub.key, authorities: sender.pem}
                      client-certificate: true
                      certificates: ["CN=adt feed, O=General \\\\+ Hospital"]
                    deliver: {host: 127.0.0.1, port: %3$d}""".formatted(first, second, lab.port()));

        send(first, MESSAGE.formatted("M1", "7"));

        assertThat(lab.next()).isEqualTo(MESSAGE.formatted("M1", "7"));
        assertThat(deliver(second, MESSAGE.formatted("M2", "7"))).isNotInstanceOf(Delivery.Acknowledged.class);
    }

    @Test
    void aPortThatIsTakenIsToldAndNothingRuns() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var port = freePort();
            assertThatThrownBy(() -> channels("""
                            one: {receive: {port: %d}}
                              two: {receive: {port: %d}, to: [one]}""".formatted(port, taken.getLocalPort())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Channel two cannot listen at 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("channels.two.receive");
            assertThat(deliver(port, MESSAGE.formatted("M1", "7"))).isInstanceOf(Delivery.NotSent.class);
        }
    }

    @Test
    void aMessageThatIsBeingDeliveredIsFinishedBeforeTheHubStops() throws Exception {
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var lab = MllpServer.start(
                ServerSettings.at("127.0.0.1", 0),
                message -> {
                    asked.countDown();
                    await(answer);
                    return Answer.DONE;
                },
                new Reply(Clock.systemUTC(), new ControlIds()));
        open.add(lab);
        var port = freePort();
        var running = channels(
                "adt: {receive: {port: %d}, deliver: {host: 127.0.0.1, port: %d}}".formatted(port, lab.port()));
        send(port, MESSAGE.formatted("M1", "7"));
        await(asked);

        var stopping = Thread.ofVirtual().start(running::close);
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("adt received AA");
        answer.countDown();
        stopping.join();

        assertThat(told(1)).containsExactly("adt delivered AA");
        assertThat(deliver(port, MESSAGE.formatted("M2", "7"))).isInstanceOf(Delivery.NotSent.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private MessageChannels channels(String text) throws IOException {
        var file = Files.writeString(folder.resolve("ehr-hub.yaml"), "channels:\n  " + text + "\n");
        var channels = Configuration.load(file).settings().channels();
        var running = MessageChannels.start(camel, channels, store.journal(), watch);
        open.add(running);
        return running;
    }

    private List<String> told(int count) throws InterruptedException {
        var all = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            all.add(told.poll(20, TimeUnit.SECONDS));
        }
        return all;
    }

    private record Lab(MllpServer server, BlockingQueue<String> received) {
        int port() {
            return server.port();
        }

        String next() throws InterruptedException {
            return String.valueOf(received.poll(20, TimeUnit.SECONDS));
        }
    }

    private Lab receiver(int port) throws IOException {
        var received = new LinkedBlockingQueue<String>();
        var server = MllpServer.start(
                ServerSettings.at("127.0.0.1", port),
                message -> {
                    received.add(new String(message.content(), StandardCharsets.ISO_8859_1));
                    return Answer.DONE;
                },
                new Reply(Clock.systemUTC(), new ControlIds()));
        open.add(server);
        return new Lab(server, received);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String send(int port, String message) {
        return deliver(port, message) instanceof Delivery.Acknowledged answered
                ? answered.acknowledgement().code().name()
                : "none";
    }

    private static Delivery deliver(int port, String message) {
        try (var client = new MllpClient(ClientSettings.to("127.0.0.1", port))) {
            return client.send(message.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}

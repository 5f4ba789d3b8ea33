package org.ehrhub.mllp.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehrhub.mllp.Clients;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What receives and sends HL7 v2 elsewhere, with this client and this server: in order, at once, refusing, and much at a time. */
class PeersIT {
    private static final List<String> THIRTY =
            IntStream.range(0, 30).mapToObj(i -> "N" + i).toList();

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private MllpServer server;

    /** Starts somebody else's server. */
    @FunctionalInterface
    interface ReceiverStart {
        PeerReceiver start() throws Exception;
    }

    /** Starts somebody else's client of this port. */
    @FunctionalInterface
    interface SenderStart {
        PeerSender start(int port) throws Exception;
    }

    static Stream<Arguments> receivers() {
        return Stream.of(
                receiver("HAPI", Hapi.Receiver::new),
                receiver("camel-mllp", CamelPeers::mllpReceiver),
                receiver("camel-netty", CamelPeers::nettyReceiver));
    }

    static Stream<Arguments> senders() {
        return Stream.of(
                sender("HAPI", Hapi.Sender::new),
                sender("camel-mllp", CamelPeers::mllpSender),
                sender("camel-netty", CamelPeers::nettySender));
    }

    private static Arguments receiver(String name, ReceiverStart start) {
        return Arguments.of(name, start);
    }

    private static Arguments sender(String name, SenderStart start) {
        return Arguments.of(name, start);
    }

    @BeforeEach
    void start() throws IOException {
        server = MllpServer.start(
                ServerSettings.at("127.0.0.1", 0), this::take, new Reply(Clock.systemUTC(), new ControlIds()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Answer take(Received message) {
        received.add(message.header().controlId());
        return message.header().controlId().startsWith("BAD")
                ? Answer.refused(AcknowledgementCode.AE, Problem.missing("PID", 3))
                : Answer.DONE;
    }

    private static MllpClient client(int port) {
        return new MllpClient(Clients.to(port, Duration.ofSeconds(20), null));
    }

    /** In a version that all of them know. */
    private static String message(String controlId, String name) {
        return admission(controlId, "", name).replace("2.5.1", "2.5");
    }

    private static String send(MllpClient client, String controlId, String name) {
        return switch (client.send(bytes(message(controlId, name)))) {
            case Delivery.Acknowledged answered ->
                answered.acknowledgement().code() + " "
                        + answered.acknowledgement().controlId();
            case Delivery other -> other.toString();
        };
    }

    private static List<String> accepted(List<String> ids) {
        return ids.stream().map(id -> "AA " + id).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receivers")
    void sendsInOrderRefusedAndLongMessages(String name, ReceiverStart start) throws Exception {
        try (var peer = start.start();
                var client = client(peer.port())) {
            assertThat(THIRTY.stream().map(id -> send(client, id, "DOE^JANE")).toList())
                    .isEqualTo(accepted(THIRTY));
            assertThat(peer.received()).isEqualTo(THIRTY);
            assertThat(send(client, "BAD", "DOE^JANE")).isEqualTo("AE BAD");
            assertThat(send(client, "LONG", "x".repeat(500_000))).isEqualTo("AA LONG");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receivers")
    void sendsFromManyAtOnce(String name, ReceiverStart start) throws Exception {
        try (var peer = start.start()) {
            var work = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> {
                        try (var client = client(peer.port())) {
                            return send(client, "A" + i, "DOE^JANE") + send(client, "B" + i, "DOE^JANE");
                        }
                    })
                    .toList();
            assertThat(all(work))
                    .containsExactlyElementsOf(IntStream.range(0, 8)
                            .mapToObj(i -> "AA A" + i + "AA B" + i)
                            .toList());
            assertThat(peer.received()).hasSize(16).doesNotHaveDuplicates();
        }
    }

    private static List<String> all(List<Callable<String>> work) throws Exception {
        var done = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(work)) {
                done.add(one.get());
            }
        }
        return done;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("senders")
    void receivesInOrderRefusedAndLongMessages(String name, SenderStart start) throws Exception {
        var answers = new ArrayList<String>();
        try (var peer = start.start(server.port())) {
            for (var id : THIRTY) {
                answers.add(peer.send(message(id, "DOE^JANE")));
            }
            assertThat(peer.send(message("BAD", "DOE^JANE"))).isEqualTo("AE BAD");
            assertThat(peer.send(message("LONG", "x".repeat(500_000)))).isEqualTo("AA LONG");
        }
        assertThat(answers).isEqualTo(accepted(THIRTY));
        assertThat(received.subList(0, THIRTY.size())).isEqualTo(THIRTY);
        assertThat(received).hasSize(THIRTY.size() + 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("senders")
    void receivesFromManyAtOnce(String name, SenderStart start) throws Exception {
        var answers = new ArrayList<String>();
        try (var peer = start.start(server.port())) {
            answers.addAll(all(THIRTY.stream()
                    .<Callable<String>>map(id -> () -> peer.send(message(id, "DOE^JANE")))
                    .toList()));
        }
        assertThat(answers).isEqualTo(accepted(THIRTY));
        assertThat(received).containsExactlyInAnyOrderElementsOf(THIRTY);
    }
}

package org.ehrhub.mllp.peers;

import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
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

/** The server and the client of this module as a process, for peers that are written in other languages. */
public final class PeerProcess {
    private PeerProcess() {}

    /**
     * {@code receive}: says {@code listening PORT} and then the control id of each message, until its input ends, and refuses
     * those that begin with {@code BAD}. {@code send PORT COUNT}: sends so many messages and a long one, and says what became of
     * each.
     */
    public static void main(String[] words) throws IOException {
        switch (words[0]) {
            case "receive" -> receive();
            case "send" -> send(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException("receive, or send PORT COUNT");
        }
    }

    private static void receive() throws IOException {
        try (var server = MllpServer.start(
                ServerSettings.at("127.0.0.1", 0), PeerProcess::take, new Reply(Clock.systemUTC(), new ControlIds()))) {
            System.out.println("listening " + server.port());
            while (System.in.read() >= 0) {
                // until it ends
            }
        }
    }

    private static Answer take(Received message) {
        var id = message.header().controlId();
        System.out.println("received " + id + " " + message.content().length);
        return id.startsWith("BAD") ? Answer.refused(AcknowledgementCode.AE, Problem.missing("PID", 3)) : Answer.DONE;
    }

    private static void send(int port, int count) {
        try (var client = new MllpClient(Clients.to(port, Duration.ofSeconds(20), null))) {
            var small = IntStream.range(0, count).mapToObj(i -> admission("N" + i));
            Stream.concat(small, Stream.of(admission("LONG", "", "x".repeat(500_000))))
                    .map(message -> message.replace("2.5.1", "2.5"))
                    .map(message -> said(client.send(bytes(message))))
                    .forEach(System.out::println);
        }
    }

    private static String said(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Acknowledged answered ->
                answered.acknowledgement().code() + " "
                        + answered.acknowledgement().controlId();
            case Delivery.NotSent(String why) -> "not sent: " + why;
            case Delivery.Unknown(String why) -> "not known: " + why;
        };
    }
}

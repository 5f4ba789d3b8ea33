package org.ehrhub.mllp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;
import static org.ehrhub.mllp.Messages.framed;
import static org.ehrhub.mllp.Messages.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What senders do to frames, and what becomes of their messages. */
class FramingCasesIT {
    private static final String LAST = admission("LAST");

    private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
    private MllpServer server;

    @BeforeEach
    void start() throws IOException {
        var usual = ServerSettings.at("127.0.0.1", 0);
        var settings = new ServerSettings(
                usual.host(),
                0,
                100,
                100_000,
                null,
                Duration.ofMillis(300),
                usual.answerLimit(),
                List.of(),
                null,
                false,
                Set.of(),
                true,
                usual.rates(),
                usual.reconnect(),
                null);
        server = MllpServer.start(
                settings,
                message -> {
                    stored.add(text(message.content()));
                    return Answer.DONE;
                },
                new Reply(Clock.systemUTC(), new ControlIds()));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static Arguments of(String name, byte[] stream, List<String> stored, String... answers) {
        return Arguments.of(name, stream, stored, List.of(answers));
    }

    private static Arguments of(String name, String stream, List<String> stored, String... answers) {
        return of(name, bytes(stream), stored, answers);
    }

    static Stream<Arguments> cases() {
        return Stream.of(frames(), contents(), others()).flatMap(all -> all);
    }

    private static Stream<Arguments> frames() {
        var one = admission("1");
        var two = admission("2");
        var fifty = IntStream.range(0, 50).mapToObj(i -> admission("P" + i)).toList();
        var vertical = admission("1", "", "DOE\u000bX^JANE");
        var separator = admission("1", "", "DOE\u001cX^JANE");
        return Stream.of(
                of("one message", framed(one), List.of(one), "AA 1"),
                of("two in one write", text(framed(one)) + text(framed(two)), List.of(one, two), "AA 1", "AA 2"),
                of(
                        "fifty pipelined",
                        String.join("", fifty.stream().map(m -> text(framed(m))).toList()),
                        fifty,
                        IntStream.range(0, 50).mapToObj(i -> "AA P" + i).toArray(String[]::new)),
                of(
                        "no final CR",
                        "\u000b" + one + "\u001c\u000b" + two + "\u001c\r",
                        List.of(one, two),
                        "AA 1",
                        "AA 2"),
                of("no CR at all", "\u000b" + one + "\u001c", List.of(one), "AA 1"),
                of(
                        "junk before and between frames",
                        "junk\u0000" + text(framed(one)) + "more\r\njunk" + text(framed(two)),
                        List.of(one, two),
                        "AA 1",
                        "AA 2"),
                of(
                        "lone CR keep-alives",
                        "\r\r\r" + text(framed(one)) + "\r\r" + text(framed(two)),
                        List.of(one, two),
                        "AA 1",
                        "AA 2"),
                of("no start block", one + "\u001c\r", List.of(one), "AA 1"),
                of("VT inside a payload", framed(vertical), List.of(vertical), "AA 1"),
                of("FS inside a payload", framed(separator), List.of(separator), "AA 1"),
                of("no end block", "\u000b" + one + text(framed(two)), List.of(two), "AR 1", "AA 2"),
                of("empty frame", "\u000b\u001c\r", List.of()),
                of("too long", framed(admission("1", "", "x".repeat(200_000))), List.of(), "AR 1"));
    }

    private static Stream<Arguments> contents() {
        var name = "M\u00dcLLER^J\u00d6RG";
        return Stream.of(
                        admission("1").replace('\r', '\n'),
                        admission("1").replace("\r", "\r\n"),
                        "MSH$%~\\&$ADT$EAST$HUB$WEST$20260302090000$$ADT%A01$1$P$2.5.1\rPID$1$$4711\r",
                        admission("1").replace("ADT^A01^ADT_A01", "ADT"),
                        text(admission("1", "||||||UNICODE UTF-8", name).getBytes(StandardCharsets.UTF_8)),
                        admission("1", "||||||8859/1", name),
                        text(admission("1", "", name).getBytes(StandardCharsets.UTF_8)),
                        admission("1").replace("2.5.1", "2.9"),
                        admission("1").replace("A01", "Z99"),
                        admission("1").stripTrailing(),
                        admission("1", "||||||KLINGON", "DOE^JANE"))
                .map(message -> of(message.split("\r", 2)[0], framed(message), List.of(message), "AA 1"));
    }

    private static Stream<Arguments> others() {
        var acknowledgement = "MSH|^~\\&|A|B|C|D|20260302||ACK^A01|7|P|2.5.1\rMSA|AA|1\r";
        var end = admission("1", "\u001c|", "DOE^JANE");
        var batch = "FHS|^~\\&|A\rBHS|^~\\&|A\r" + admission("1") + admission("2") + "BTS|2\rFTS|1\r";
        var one = admission("1");
        return Stream.of(
                of("half a header before a message", "\rMSH" + text(framed(one)), List.of(one), "AA 1"),
                of("two without blocks", "\u000b" + one + admission("2") + "\u001c\r", List.of(), "AR 1", "AR 2"),
                of("not HL7", framed("GET / HTTP/1.1"), List.of()),
                of("empty MSH-10", framed(admission("")), List.of(), "AR "),
                of("FS in MSH-10", framed(admission("A\u001cB")), List.of(), "AR AB"),
                of("FS in MSH-12", framed(end), List.of(end), "AA 1"),
                mode("XX", "ALWAYS", "AA 1"),
                mode("NE", "NE"),
                mode("AL", "NE", "CA 1"),
                mode("NE", "AL", "AA 1"),
                mode("AL", "AL", "CA 1", "AA 1"),
                mode("ER", "SU", "AA 1"),
                of("an ACK sent as a message", framed(acknowledgement), List.of()),
                of("a response sent as a message", framed(acknowledgement.replace("ACK^A01", "RSP^K22")), List.of()),
                of("a batch", framed(batch), List.of(admission("1"), admission("2")), "AA 1", "AA 2"));
    }

    private static Arguments mode(String accept, String application, String... answers) {
        var message = admission("1", "|||" + accept + "|" + application, "DOE^JANE");
        return of(accept + " and " + application, framed(message), List.of(message), answers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void storesEachWholeMessageOnceAndAnswersItOnce(
            String name, byte[] stream, List<String> whole, List<String> answers) throws IOException {
        try (var peer = new RawPeer(server.port())) {
            peer.send(stream);
            for (var answer : answers) {
                assertThat(peer.acknowledged()).isEqualTo(answer);
            }
            peer.send(framed(LAST));
            assertThat(peer.acknowledged()).as("the connection lives").isEqualTo("AA LAST");
        }

        assertThat(stored)
                .containsExactlyElementsOf(
                        Stream.concat(whole.stream(), Stream.of(LAST)).toList());
    }

    @Test
    void takesAMessageThatComesAByteAtATime() throws IOException {
        try (var peer = new RawPeer(server.port())) {
            for (byte one : framed(LAST)) {
                peer.send(new byte[] {one});
            }

            assertThat(peer.acknowledged()).isEqualTo("AA LAST");
        }
    }

    @Test
    void waitsForTheRestOfAMessageHoweverLong() throws IOException {
        var frame = framed(LAST);
        try (var peer = new RawPeer(server.port());
                var other = new RawPeer(server.port())) {
            peer.send(Arrays.copyOf(frame, 50));
            assertThat(other.send(bytes("\u000b" + admission("1") + "\u001c")).acknowledged())
                    .as("a pause was longer than the longest within an end")
                    .isEqualTo("AA 1");
            peer.send(Arrays.copyOfRange(frame, 50, frame.length));

            assertThat(peer.acknowledged()).isEqualTo("AA LAST");
        }
    }

    @Test
    void answersASenderThatHasEndedItsHalfOfTheConnection() throws IOException {
        try (var peer = new RawPeer(server.port())) {
            peer.send(framed(LAST)).endSending();

            assertThat(peer.acknowledged()).isEqualTo("AA LAST");
            assertThat(peer.answer()).isEmpty();
        }
    }

    @Test
    void answersWhatTheStreamDoesNotEndWithARejection() throws IOException {
        try (var peer = new RawPeer(server.port())) {
            peer.send(bytes("\u000b" + LAST)).endSending();

            assertThat(peer.acknowledged()).isEqualTo("AR LAST");
        }
        assertThat(stored).isEmpty();
    }
}

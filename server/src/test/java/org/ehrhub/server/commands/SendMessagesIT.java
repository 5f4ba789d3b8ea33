package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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

class SendMessagesIT {
    private static final String MESSAGE = "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|%s|P|2.5\nPID|1||7^^^A\n";

    @TempDir
    private Path folder;

    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final List<String> said = new ArrayList<>();
    private MllpServer receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = MllpServer.start(
                ServerSettings.at("127.0.0.1", 0), this::take, new Reply(Clock.systemUTC(), new ControlIds()));
    }

    @AfterEach
    void stop() throws IOException {
        receiver.close();
    }

    private Answer take(Received message) {
        received.add(message.content());
        return message.header().controlId().startsWith("BAD")
                ? Answer.refused(AcknowledgementCode.AE, Problem.internal())
                : Answer.DONE;
    }

    @Test
    void saysWhatTheReceiverAnsweredToEachMessage() throws IOException {
        write("two.hl7", MESSAGE.formatted("M1") + MESSAGE.formatted("M2"));
        write("three.hl7", MESSAGE.formatted("M3"));

        assertThat(send("two.hl7", "three.hl7")).isEqualTo(Command.DONE);

        assertThat(said.get(0)).matches(".*two.hl7#1  AA  M1  \\d+ ms");
        assertThat(said.get(1)).matches(".*two.hl7#2  AA  M2  \\d+ ms");
        assertThat(said.get(2)).matches(".*three.hl7  AA  M3  \\d+ ms");
        assertThat(text(received.getFirst())).isEqualTo(MESSAGE.formatted("M1").replace('\n', '\r'));
    }

    @Test
    void leavesLineEndsAsTheyAreWhereThatIsAskedFor() throws IOException {
        write("one.hl7", MESSAGE.formatted("M1"));
        assertThat(send(Map.of("--as-is", "true"), "one.hl7")).isEqualTo(Command.DONE);
        assertThat(text(received.getFirst())).isEqualTo(MESSAGE.formatted("M1"));
    }

    @Test
    void aRefusalIsToldAndTheOthersAreSent() throws IOException {
        write("some.hl7", MESSAGE.formatted("BAD1") + MESSAGE.formatted("M2"));

        assertThat(send("some.hl7")).isEqualTo(Command.FAILED);
        assertThat(said.get(0)).contains("  AE  BAD1  ");
        assertThat(said.get(1)).contains("  AA  M2  ");
    }

    @Test
    void whatIsNotSentAndWhatMayHaveBeenAreToldApartAndTheOrderIsKept() throws IOException {
        write("some.hl7", MESSAGE.formatted("M1") + MESSAGE.formatted("M2"));
        try (var silent = new ServerSocket(0, 5)) {
            var to = Map.of("--to", "127.0.0.1:" + silent.getLocalPort(), "--answer-limit", "1s");
            assertThat(send(to, "some.hl7")).isEqualTo(SendMessages.UNKNOWN);
        }
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).contains("UNKNOWN", "same MSH-10");
        assertThat(said.get(1)).contains("1 more not sent");
        said.clear();
        receiver.close();

        assertThat(send("some.hl7")).isEqualTo(SendMessages.NOT_SENT);
        assertThat(said.get(0)).contains("NOT SENT");
    }

    @Test
    void refusesBeforeItSendsAnything() throws IOException {
        write("none.hl7", "nothing\n");
        write("nameless.hl7", MESSAGE.formatted("M1") + MESSAGE.formatted(""));

        write("empty.hl7", "\n");

        assertThatThrownBy(() -> send("empty.hl7")).hasMessageContaining("holds no HL7 message");
        assertThatThrownBy(() -> send("none.hl7")).hasMessageContaining("is no file of HL7 messages");
        assertThatThrownBy(() -> send("nameless.hl7")).hasMessageContaining("nameless.hl7#2 has no control id");
        assertThatThrownBy(() -> send("absent.hl7")).hasMessageContaining("There is no file");
        assertThatThrownBy(() -> send(Map.of("--to", "lab"), "none.hl7")).isInstanceOf(UsageProblem.class);
        assertThatThrownBy(() -> send()).hasMessageContaining("--to HOST:PORT");
        assertThat(received).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private int send(String... files) throws IOException {
        return send(Map.of(), files);
    }

    private int send(Map<String, String> options, String... files) throws IOException {
        var all = new HashMap<>(Map.of("--to", "127.0.0.1:" + receiver.port()));
        all.putAll(options);
        var named = List.of(files).stream()
                .map(file -> folder.resolve(file).toString())
                .toList();
        return new SendMessages(all, said::add).run(named);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}

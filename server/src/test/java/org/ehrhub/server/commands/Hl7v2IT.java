package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.Problem;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.server.Answer;
import org.ehrhub.mllp.server.MllpServer;
import org.ehrhub.mllp.server.Received;
import org.ehrhub.mllp.server.ServerSettings;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.audit.AuditClient;
import org.ehrhub.server.audit.AuditQuestion;
import org.ehrhub.server.mcp.TalkLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What interface teams type, on a whole hub with a channel whose receiver refuses some messages. */
class Hl7v2IT {
    private static final String MESSAGE =
            "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|%s|P|2.5\rPID|1||%s^^^A||SAMPLE\u001B[2J^AVERY\r";

    @TempDir
    private Path folder;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private volatile boolean refuses;
    private MllpServer receiver;
    private int port;
    private RunningHub hub;

    @BeforeEach
    void start() throws IOException {
        receiver = MllpServer.start(
                ServerSettings.at("127.0.0.1", 0), this::take, new Reply(Clock.systemUTC(), new ControlIds()));
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                server: {port: 0}
                channels:
                  lab: {receive: {port: %d}, deliver: {host: 127.0.0.1, port: %d}}
                """.formatted(port, receiver.port()));
        hub = RunningHub.start(CommandLine.of("start", List.of(config()), Set.of("--config")));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
        receiver.close();
    }

    private Answer take(Received message) {
        received.add(new String(message.content(), StandardCharsets.ISO_8859_1));
        return refuses ? Answer.refused(AcknowledgementCode.AE, Problem.internal()) : Answer.DONE;
    }

    @Test
    void aMessageIsSentFoundReadAndExported() throws Exception {
        send("M1", "7");

        assertThat(run("search", "--field", "PID-3=7"))
                .anySatisfy(row -> assertThat(row).contains("lab  done"));
        assertThat(run("search", "--field", "PID-3=8")).containsExactly("0 messages");
        var shown = String.join("\n", run("search", "--field", "MSH-10=M1", "--content"));
        assertThat(shown).contains("    PID|1||7^^^A||SAMPLE[U+001B][2J^AVERY").doesNotContain("\u001B", "\r");

        run("export", "--channel", "lab", "--to", folder.resolve("out").toString());
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files.toList()).singleElement().satisfies(file -> {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).isEqualTo(MESSAGE.formatted("M1", "7"));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            });
        }
        assertThat(audited("journal.get"))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("os:"));
        assertThat(audited("journal.export")).hasSize(1);
    }

    @Test
    void aDeadLetterIsWorkedAgainForAReason() throws Exception {
        refuses = true;
        send("M1", "7");
        refuses = false;
        assertThat(run("search", "--state", "dead"))
                .anySatisfy(row -> assertThat(row).contains("refused it: AE"));

        var said = run("replay", "--channel", "lab", "--state", "dead", "--reason", "the table was missing");

        assertThat(said).containsExactly("1 of 1 messages are worked again");
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(MESSAGE.formatted("M1", "7"));
        assertThat(audited("journal.replay"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).contains("the table was missing"));
        assertThat(exported("journal.replay")).contains("journal.replay").doesNotContain("the table");
    }

    @Test
    void aFileIsImportedAsIfItHadBeenReceived() throws Exception {
        var file =
                Files.writeString(folder.resolve("one.hl7"), MESSAGE.formatted("M1", "7"), StandardCharsets.ISO_8859_1);

        assertThat(run("import", file.toString(), "--channel", "lab")).containsExactly(file + "  AA");
        assertThat(run("import", file.toString(), "--channel", "lab")).containsExactly(file + "  AA");

        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(MESSAGE.formatted("M1", "7"));
        assertThat(run("search")).filteredOn(row -> row.contains("  lab  ")).hasSize(1);
        assertThat(audited("journal.import")).hasSize(4);
    }

    @Test
    void tellsWhereTheChannelAndItsReceiverStand() throws Exception {
        send("M1", "7");
        assertThat(run("stats")).anySatisfy(row -> assertThat(row).matches("lab +0 +0 +- +0 +1 +up since .* ms"));

        var metrics = metrics();
        assertThat(metrics)
                .contains("ehrhub_channel_received_seconds_count{channel=\"lab\",code=\"AA\"} 1")
                .contains("ehrhub_channel_delivered_seconds_count{channel=\"lab\",outcome=\"AA\"} 1")
                .contains("ehrhub_channel_receiver{channel=\"lab\",state=\"up\"} 1.0")
                .doesNotContain("M1", "SAMPLE");
    }

    @Test
    void messagesAreFollowedAsTheyComeAndGo() throws Exception {
        var socket = DataDirectory.messageSocket(folder.resolve("data"));
        try (var lines = TalkLines.ask(socket, "{\"what\":\"tail\",\"options\":{},\"content\":null}")
                .orElseThrow()) {
            send("M1", "7");
            var line = String.valueOf(lines.next());
            while (!line.contains("lab  done")) {
                assertThat(line).contains("  lab  ");
                line = String.valueOf(lines.next());
            }
        }
    }

    @Test
    void aTailEndsWithTheHub() throws Exception {
        var said = new ArrayList<String>();
        var socket = DataDirectory.messageSocket(folder.resolve("data"));
        try (var lines = TalkLines.ask(socket, "{\"what\":\"tail\",\"options\":{},\"content\":null}")
                .orElseThrow()) {
            send("M1", "7");
            assertThat(lines.next()).as("it follows").contains("  lab  ");
            hub.close();
            for (var line = lines.next(); line != null; line = lines.next()) {
                said.add(line);
            }
        }
        assertThat(said).allMatch(line -> line.contains("  lab  "));
    }

    @Test
    void refusesInWordsThatSayWhatToDo() throws IOException {
        assertThatThrownBy(() -> run("look")).hasMessageContaining("needs one of export, import, replay, search");
        assertThatThrownBy(() -> run("stats", "--channel", "lab")).hasMessageContaining("has no option --channel");
        assertThatThrownBy(() -> run("replay", "--channel", "lab", "--state", "dead"))
                .hasMessageContaining("--reason");
        assertThatThrownBy(() -> run("export")).hasMessageContaining("--to FOLDER");
        hub.close();
        assertThatThrownBy(() -> run("stats")).hasMessageContaining("ehr-hub start");
        start();
    }

    /** Sends a message, and waits until its receiver has answered. */
    private void send(String id, String patient) throws Exception {
        var file = Files.writeString(
                folder.resolve("sent.hl7"), MESSAGE.formatted(id, patient), StandardCharsets.ISO_8859_1);
        assertThat(run("send", file.toString(), "--to", "127.0.0.1:" + port))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("  AA  " + id));
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(MESSAGE.formatted(id, patient));
        for (int i = 0; i < 200 && run("search", "--state", "waiting,claimed").size() > 1; i++) {
            Thread.onSpinWait();
        }
    }

    private List<String> run(String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        if (!words[0].equals("send")) {
            all.add(config());
        }
        var said = new ArrayList<String>();
        new Hl7v2Command(said::add).run(CommandLine.of("hl7v2", all, Hl7v2Command.OPTIONS));
        return said;
    }

    private String config() {
        return "--config=" + folder.resolve("ehr-hub.yaml");
    }

    private List<String> audited(String tool) throws IOException {
        return ask("search", tool).lines().toList();
    }

    private String exported(String tool) throws IOException {
        return ask("export", tool);
    }

    private String ask(String verb, String tool) throws IOException {
        var out = new ByteArrayOutputStream();
        var question = new AuditQuestion(verb, Map.of("--tool", tool));
        assertThat(AuditClient.ask(DataDirectory.auditSocket(folder.resolve("data")), question, out))
                .contains(true);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String metrics() throws Exception {
        var address = URI.create(hub.address()).resolve("/metrics");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}

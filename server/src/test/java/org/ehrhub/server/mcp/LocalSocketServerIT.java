package org.ehrhub.server.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalSocketServerIT {
    private static final Caller ADA = new Caller("os:ada", Set.of("nurse"));

    @TempDir
    Path temp;

    private final FakeHub hub = new FakeHub();
    private Path socket;
    private LocalSocketServer server;

    @BeforeEach
    void start() throws IOException {
        socket = temp.resolve("run/hub.sock");
        server = server(2);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertThat(socket).doesNotExist();
    }

    private LocalSocketServer server(int clients) {
        var tools = new McpToolServer(hub, McpSettings.standard("1.2.3"));
        return new LocalSocketServer(socket, new LineSessions(tools), ADA, clients);
    }

    private SocketClient client() {
        return new SocketClient(socket, "1.2.3", Duration.ofSeconds(20));
    }

    @Test
    void servesAnMcpClientThroughTheBridgeOfAnotherProcess() {
        var here = Path.of(StdioBridge.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        var test = Path.of(BridgeProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        var java = ServerParameters.builder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args("-cp", here + File.pathSeparator + test, BridgeProcess.class.getName(), socket.toString())
                .build();
        var tools = new McpToolServer(hub, McpSettings.standard("1"));
        try (var client = McpClient.sync(new StdioClientTransport(java, ProtocolJson.forSdk(tools.json())))
                .build()) {
            client.initialize();
            assertThat(client.listTools().tools())
                    .hasSameSizeAs(ToolCatalog.canonical().tools());
            var result = client.callTool(CallToolRequest.builder("patient.get")
                    .arguments(Map.of("patient", "stmarys/Patient/1"))
                    .build());
            assertThat(result.isError()).isFalse();
            assertThat(hub.lastCall().caller()).isEqualTo(ADA);
        }
    }

    @Test
    void aPathThatIsShortFromHereIsTakenHoweverLongItIsFromTheRoot() throws Exception {
        var folder = Files.createTempDirectory(Path.of("target"), "s".repeat(50));
        var near = folder.resolve("hub.sock");
        var levels = Math.max(0, 103 - near.toString().length()) / 2;
        var far = Path.of("./".repeat(levels) + near);
        try (var other = new LocalSocketServer(
                far, new LineSessions(new McpToolServer(hub, McpSettings.standard("1.2.3"))), ADA, 1)) {
            other.start();
            assertThat(far.toAbsolutePath().toString()).hasSizeGreaterThan(103);
            try (var connected = LocalSocket.connect(far).orElseThrow()) {
                assertThat(connected.isConnected()).isTrue();
            }
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    @Test
    void oneCallGivesTheTextAndWhetherItFailed() throws Exception {
        hub.behaviour = call -> FakeHub.ok("{\"name\":\"Zoë\"}");
        var arguments = FakeHub.JSON.readTree("{\"patient\":\"stmarys/Patient/1\"}");
        assertThat(client().call("patient.get", arguments))
                .hasValue(new SocketClient.Answer(false, "{\"name\":\"Zoë\"}"));
        assertThat(hub.lastCall().arguments()).isEqualTo(arguments);
        hub.behaviour = call -> FakeHub.failed("{\"error\":{\"code\":\"NOT_FOUND\"}}");
        assertThat(client().call("patient_get", arguments).orElseThrow().failed())
                .isTrue();
    }

    @Test
    void oneCallOfNoToolFailsWithTheHubsWords() throws Exception {
        var answer =
                client().call("chart.shred", FakeHub.JSON.createObjectNode()).orElseThrow();
        assertThat(answer.failed()).isTrue();
        assertThat(answer.text()).contains("There is no such tool");
    }

    @Test
    void oneCallGivesUpWhenTheTimeIsOver() {
        var over = new CountDownLatch(1);
        hub.behaviour = call -> {
            await(over);
            return FakeHub.ok("{}");
        };
        var hasty = new SocketClient(socket, "1", Duration.ofMillis(50));
        assertThatThrownBy(() -> hasty.call("patient.get", FakeHub.JSON.createObjectNode()))
                .isInstanceOf(IOException.class);
        over.countDown();
    }

    @Test
    void isTheOwnersAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesADirectoryOthersCanGetAt() throws Exception {
        var open = temp.resolve("open");
        Files.createDirectory(open);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        socket = open.resolve("hub.sock");
        assertThatThrownBy(() -> server(1).start()).hasMessageContaining("chmod 700");
        socket = temp.resolve("run/hub.sock");
    }

    @Test
    void refusesToTakeTheSocketOfAHubThatAnswers() throws Exception {
        assertThatThrownBy(() -> server(1).start()).hasMessageContaining("Another hub answers");
        assertThat(client().call("patient.get", FakeHub.JSON.createObjectNode()))
                .isPresent();
    }

    @Test
    void takesOverTheSocketOfAHubThatIsGone() throws Exception {
        var stale = temp.resolve("run/stale.sock");
        try (var killed = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            killed.bind(java.net.UnixDomainSocketAddress.of(stale));
        }
        assertThat(stale).exists();
        assertThat(StdioBridge.open(stale)).isEmpty();
        var old = socket;
        socket = stale;
        try (var next = server(1)) {
            next.start();
            assertThat(client().call("patient.get", FakeHub.JSON.createObjectNode()))
                    .isPresent();
        } finally {
            socket = old;
        }
    }

    @Test
    void leavesAFileThatIsNoSocketAlone() throws Exception {
        var file = temp.resolve("run/notes.txt");
        Files.writeString(file, "keep");
        var old = socket;
        socket = file;
        assertThatThrownBy(() -> server(1).start()).hasMessageContaining("no socket");
        assertThat(file).hasContent("keep");
        socket = old;
    }

    @Test
    void saysSoWhenThePathIsTooLongForASocket() {
        var far = temp.resolve("x".repeat(120)).resolve("hub.sock");
        assertThatThrownBy(() -> StdioBridge.open(far)).hasMessageContaining("103 bytes");
    }

    @Test
    void findsNoHubWhereThereIsNone() throws Exception {
        var nowhere = temp.resolve("run/none.sock");
        assertThat(StdioBridge.open(nowhere)).isEmpty();
        assertThat(new SocketClient(nowhere, "1", Duration.ofSeconds(1))
                        .call("ehr.list", FakeHub.JSON.createObjectNode()))
                .isEmpty();
    }

    @Test
    void theBridgeEndsAfterTheAnswersWhenTheClientIsDone() throws Exception {
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(
                (LineSessionsTest.HELLO + LineSessionsTest.call(2, "patient_get")).getBytes(UTF_8));
        try (var bridge = StdioBridge.open(socket).orElseThrow()) {
            assertThat(bridge.run(in, out)).isEqualTo(StdioBridge.Ending.CLIENT_DONE);
        }
        assertThat(out.toString(UTF_8).lines()).hasSize(2).last().asString().contains("\"id\":2");
    }

    @Test
    void theBridgeEndsWhenTheHubStops() throws Exception {
        try (var bridge = StdioBridge.open(socket).orElseThrow();
                var in = new PipedInputStream();
                var silent = new PipedOutputStream(in)) {
            silent.flush();
            Thread.ofVirtual().start(this::stopServer);
            assertThat(bridge.run(in, new ByteArrayOutputStream())).isEqualTo(StdioBridge.Ending.HUB_GONE);
        }
    }

    @Test
    void answersWhatIsUnderWayBeforeItStops() throws Exception {
        var called = new CountDownLatch(1);
        hub.behaviour = call -> {
            called.countDown();
            await(new CountDownLatch(1), 100);
            return FakeHub.ok("{\"done\":true}");
        };
        Thread.ofVirtual().start(() -> {
            await(called);
            stopServer();
        });
        assertThat(client().call("patient.get", FakeHub.JSON.createObjectNode())
                        .orElseThrow()
                        .text())
                .contains("done");
    }

    @Test
    void turnsAwayMoreClientsThanItTakes() throws Exception {
        try (var one = StdioBridge.open(socket).orElseThrow();
                var two = StdioBridge.open(socket).orElseThrow()) {
            var answer = client().call("patient.get", FakeHub.JSON.createObjectNode());
            assertThat(one).isNotSameAs(two);
            assertThat(answer.orElseThrow().text()).contains("as many local clients");
        }
    }

    private void stopServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        await(latch, 10_000);
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

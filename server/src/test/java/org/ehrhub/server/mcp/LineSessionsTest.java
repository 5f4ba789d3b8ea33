package org.ehrhub.server.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.tools.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class LineSessionsTest {
    static final String HELLO = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            """;
    private static final Caller CALLER = new Caller("os:ada", Set.of("nurse"));

    private final FakeHub hub = new FakeHub();
    private final LineSessions sessions = sessions(McpSettings.standard("1.2.3"));

    private LineSessions sessions(McpSettings settings) {
        return new LineSessions(new McpToolServer(hub, settings));
    }

    @Test
    void answersInTheProtocolVersionAskedFor() throws Exception {
        assertThat(talk(HELLO).getFirst().at("/result/protocolVersion").asString())
                .isEqualTo("2025-06-18");
    }

    @Test
    void goesOnAfterALineThatIsNoMessage() throws Exception {
        var answers = talk(HELLO + "{oops\n\n   \n[]\n" + call(7, "patient.get"));
        assertThat(error(answers.get(1))).isEqualTo(-32700);
        assertThat(answers.get(1).has("id")).isTrue();
        assertThat(answers.get(1).get("id").isNull()).isTrue();
        assertThat(error(answers.get(2))).isEqualTo(-32600);
        assertThat(answers.get(3).get("id").asInt()).isEqualTo(7);
        assertThat(answers.get(3).at("/result/isError").asBoolean()).isFalse();
    }

    @Test
    void goesOnAfterAnAnswerThatIsNone() throws Exception {
        var answers = talk(HELLO + "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"x\"}\n" + call(7, "patient.get"));
        assertThat(error(answers.get(1))).isEqualTo(-32600);
        assertThat(answers.get(2).get("id").asInt()).isEqualTo(7);
    }

    @Test
    void skipsALineThatIsTooLongAndGoesOn() throws Exception {
        var answers = talk(HELLO + "{\"x\":\"" + "x".repeat(2 << 20) + "\"}\n" + call(7, "patient_get"));
        assertThat(answers.get(1).at("/error/message").asString()).contains("1048576 bytes");
        assertThat(answers.get(2).get("id").asInt()).isEqualTo(7);
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws Exception {
        var line = new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}', '\n'};
        assertThat(error(talk(line).getFirst())).isEqualTo(-32700);
    }

    @Test
    void refusesRequestsBeforeASession() throws Exception {
        var answers = talk("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"server/discover\"}\n" + HELLO);
        assertThat(error(answers.getFirst())).isEqualTo(-32601);
        assertThat(answers.getFirst().get("id").asString()).isEqualTo("x");
        assertThat(answers.get(1).has("result")).isTrue();
    }

    @Test
    void servesAClientThatForgetsToSayItIsReady() throws Exception {
        var answers = talk(HELLO.lines().findFirst().orElseThrow() + "\n" + call(2, "patient_get"));
        assertThat(answers.get(1).has("result")).isTrue();
    }

    @Test
    void tellsTheHubWhoIsCalling() throws Exception {
        talk(HELLO + call(2, "patient_get"));
        assertThat(hub.lastCall().caller()).isEqualTo(CALLER);
        assertThat(hub.lastCall().tool()).isEqualTo("patient.get");
    }

    @Test
    void listsUnderscoresOrDotsAsSet() throws Exception {
        var list = HELLO + request(2, "tools/list", "{}");
        assertThat(talk(list).get(1).at("/result/tools").valueStream())
                .extracting(tool -> tool.get("name").asString())
                .contains("patient_search")
                .doesNotContain("patient.search");

        var dotted = sessions(McpSettings.standard("1").with(ToolNames.DOTTED));
        assertThat(talk(dotted, list.getBytes(UTF_8)).get(1).at("/result/tools").valueStream())
                .extracting(tool -> tool.get("name").asString())
                .contains("patient.search")
                .doesNotContain("patient_search");
    }

    @Test
    void refusesAnUnknownToolAndCallsThatAreNone() throws Exception {
        var answers = talk(HELLO
                + call(2, "chart.shred")
                + request(3, "tools/call", "{\"name\":\"patient_get\",\"arguments\":[]}")
                + request(4, "tools/call", "[]"));
        assertThat(error(answers.get(1))).isEqualTo(-32602);
        assertThat(answers.get(1).at("/error/message").asString())
                .contains("no such tool")
                .doesNotContain("shred");
        assertThat(error(answers.get(2))).isEqualTo(-32602);
        assertThat(error(answers.get(3))).isEqualTo(-32600);
        assertThat(hub.calls).isEmpty();
    }

    @Test
    void keepsExceptionTextFromTheClient() throws Exception {
        hub.behaviour = call -> {
            throw new IllegalStateException("Ada Example");
        };
        var answers = talk(HELLO + call(2, "patient_get") + request(3, "logging/setLevel", "{\"level\":{\"a\":1}}"));
        assertThat(answers).hasSize(3);
        assertThat(answers.toString())
                .doesNotContain("Ada", "xception", "jackson")
                .contains("INTERNAL");
    }

    @Test
    void aSlowCallDoesNotHoldUpAnother() throws Exception {
        var release = new CountDownLatch(1);
        hub.behaviour = call -> {
            await(call.tool().equals("patient.get") ? release : new CountDownLatch(0));
            return FakeHub.ok("{}");
        };
        var answers = Pipe.open(); // a PipedInputStream breaks when the thread that wrote last has ended
        try (var in = new PipedInputStream();
                var out = Channels.newOutputStream(answers.sink());
                var lines = new BufferedReader(Channels.newReader(answers.source(), UTF_8))) {
            var toServer = new PipedOutputStream(in);
            var server = Thread.ofVirtual().start(() -> serve(sessions, in, out));
            toServer.write((HELLO + call(2, "patient_get") + call(3, "patient_search")).getBytes(UTF_8));
            toServer.flush();
            lines.readLine();
            assertThat(FakeHub.JSON.readTree(lines.readLine()).get("id").asInt())
                    .isEqualTo(3);
            release.countDown();
            assertThat(FakeHub.JSON.readTree(lines.readLine()).get("id").asInt())
                    .isEqualTo(2);
            toServer.close();
            server.join();
        }
    }

    @Test
    void answersWhatIsUnderWayAfterTheClientEndedItsSide() throws Exception {
        hub.behaviour = call -> {
            await(new CountDownLatch(1), 50);
            return FakeHub.ok("{}");
        };
        assertThat(talk(HELLO + call(2, "patient_get"))).hasSize(2);
    }

    @Test
    void writesWholeLinesWhenManyAnswerAtOnce() throws Exception {
        var big = "{\"items\":[\"" + "é".repeat(5000) + "\"]}";
        hub.behaviour = call -> FakeHub.ok(big);
        var calls = new StringBuilder(HELLO);
        for (int i = 2; i < 202; i++) {
            calls.append(call(i, "patient_get"));
        }
        assertThat(talk(calls.toString())).hasSize(201).allMatch(answer -> answer.has("result"));
    }

    private List<JsonNode> talk(String lines) throws IOException {
        return talk(lines.getBytes(UTF_8));
    }

    private List<JsonNode> talk(byte[] lines) throws IOException {
        return talk(sessions, lines);
    }

    private static List<JsonNode> talk(LineSessions sessions, byte[] lines) throws IOException {
        var out = new ByteArrayOutputStream();
        sessions.serve(new ByteArrayInputStream(lines), out, CALLER);
        var answers = new ArrayList<JsonNode>();
        out.toString(UTF_8).lines().forEach(line -> answers.add(FakeHub.JSON.readTree(line)));
        answers.sort((a, b) -> Integer.compare(order(a), order(b)));
        return answers;
    }

    /** Calls answer in any order; what has no number stays before them, in its own. */
    private static int order(JsonNode answer) {
        return answer.get("id").isInt() && answer.get("id").asInt() > 1
                ? answer.get("id").asInt()
                : 0;
    }

    private static void serve(LineSessions sessions, InputStream in, OutputStream out) {
        try {
            sessions.serve(in, out, CALLER);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        await(latch, 20_000);
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            assertThat(latch.await(millis, TimeUnit.MILLISECONDS)).isEqualTo(millis > 1000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String call(int id, String tool) {
        return request(
                id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{\"patient\":\"stmarys/Patient/1\"}}");
    }

    static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}\n";
    }

    private static int error(JsonNode answer) {
        return answer.at("/error/code").asInt();
    }
}

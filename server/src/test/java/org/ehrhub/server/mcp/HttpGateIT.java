package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpGateIT {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final FakeHub HUB = new FakeHub();
    private static RunningHub server;

    @BeforeAll
    static void start() {
        var plain = McpSettings.standard("1.2.3");
        server = new RunningHub(
                HUB,
                new McpSettings(
                        plain.version(),
                        plain.toolNames(),
                        Set.of("https://Chat.example.org"),
                        Set.of("hub.example.org"),
                        plain.maxRequestBytes(),
                        plain.maxCalls(),
                        null,
                        plain.maxLocalClients(),
                        plain.sessions()));
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(HUB.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "file://localhost",
                "https://chat.example.org.evil",
                "http://localhost@evil.example",
                "http://evil.example:80/localhost",
                "*",
                ""
            })
    void refusesAForeignOrigin(String origin) throws Exception {
        var answer = server.send(server.post(LIST).header("Origin", origin));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertPlainError(answer, -32600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:6274", "https://127.0.0.1", "http://[::1]:3000", "https://chat.example.org"})
    void servesLoopbackAndConfiguredOrigins(String origin) throws Exception {
        var request = server.post(LIST).header("Origin", origin).header("Mcp-Session-Id", server.session());
        assertThat(server.send(request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421", "evil.example:8080, 421", "localhost.evil.example, 421", "hub.example.org.evil, 421",
        "hub.example.org:443, 400", "HUB.example.org, 400", "localhost:1, 400", "[::1]:8080, 400"
    })
    void answersOnlyToItsOwnNames(String host, int status) throws Exception {
        var answer = server.raw("POST /mcp HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void refusesALargeBodyThatSaysItsSize() throws Exception {
        assertTooLarge(server.send(server.post(megabytes(2))));
    }

    @Test
    void refusesALargeBodyThatDoesNotSayItsSize() throws Exception {
        var body = megabytes(2).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertTooLarge(
                server.send(server.post("").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":                               | -32700",
                "not json                                                                | -32700",
                "''                                                                      | -32700",
                "[]                                                                      | -32600",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]                    | -32600",
                "{}                                                                      | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}                     | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}                   | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}                             | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":3}} | -32600",
            })
    void refusesWhatIsNoMessage(String body, int code) throws Exception {
        var answer = server.send(server.post(body));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertPlainError(answer, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"patient_get\",\"arguments\":\"x\"}",
                "{\"name\":\"patient_get\",\"arguments\":[1]}",
                "{\"name\":7}",
                "{\"arguments\":{}}",
                "{\"name\":\"patient_get\",\"_meta\":1}"
            })
    void answersACallThatIsNoCall(String params) throws Exception {
        var call = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/call\",\"params\":" + params + "}";
        var answer = server.send(server.post(call).header("Mcp-Session-Id", server.session()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertPlainError(answer, -32602);
        assertThat(answer.body()).contains("\"id\":\"a\"", "params.");
    }

    @Test
    void refusesOtherContentThanJson() throws Exception {
        var answer = server.send(HttpRequest.newBuilder(mcp())
                .header("Content-Type", "text/plain")
                .header("Accept", RunningHub.JSON_AND_EVENTS)
                .POST(BodyPublishers.ofString(LIST)));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertPlainError(answer, -32600);
    }

    @Test
    void refusesAProtocolVersionItDoesNotSpeak() throws Exception {
        var request = server.post(LIST)
                .header("Mcp-Session-Id", server.session())
                .header("MCP-Protocol-Version", "1999-01-01");
        var answer = server.send(request);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertPlainError(answer, -32600);
        assertThat(answer.body()).contains("2025-11-25");
    }

    @Test
    void refusesOtherMethods() throws Exception {
        var answer = server.send(HttpRequest.newBuilder(mcp()).PUT(BodyPublishers.ofString(LIST)));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, POST, DELETE");
    }

    @Test
    void refusesToStreamWithoutASession() throws Exception {
        var answer = server.send(HttpRequest.newBuilder(mcp())
                .header("Accept", "text/event-stream")
                .GET());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertPlainError(answer, -32601);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/mcp", "/mcp/", "/mcp/x", "/mcp;x=1"})
    void isAtItsPathOnly(String path) throws Exception {
        var answer = server.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Content-Type", "application/json")
                .header("Accept", RunningHub.JSON_AND_EVENTS)
                .POST(BodyPublishers.ofString(LIST)));
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    private static URI mcp() {
        return URI.create("http://127.0.0.1:" + server.port() + "/mcp");
    }

    private static String megabytes(int count) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\"" + "x".repeat(count << 20)
                + "\"}}";
    }

    private static void assertTooLarge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertPlainError(answer, -32600);
        assertThat(answer.body()).contains("1048576 bytes");
    }

    private static void assertPlainError(HttpResponse<String> answer, int code) {
        var error = FakeHub.JSON.readTree(answer.body());
        assertThat(error.path("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(error.path("error").path("code").asInt()).isEqualTo(code);
        assertThat(error.path("error").path("message").asString()).isNotBlank();
        assertThat(error.path("error").has("data")).isFalse();
        assertThat(answer.body()).doesNotContain("stackTrace", "xception", "io.modelcontextprotocol", "tools.jackson");
    }
}

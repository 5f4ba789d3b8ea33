package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.SocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole hub in this process, configured as the quick start is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubIT {
    private final JsonMapper json = new JsonMapper();

    private Path folder;
    private StartingHub hub;
    private WebServer web;
    private Path socket;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        var examples = Path.of("..", "examples", "quickstart");
        Files.copy(examples.resolve("policy.yaml"), folder.resolve("policy.yaml"));
        Files.writeString(
                folder.resolve("ehr-hub.yaml"),
                Files.readString(examples.resolve("ehr-hub.yaml"))
                        .replace("../../data", "data")
                        .replace("sandbox:lakeside\n", "sandbox:lakeside\n    limits: {at-once: 7}\n"));
        var configuration = Configuration.load(folder.resolve("ehr-hub.yaml"));
        var settings = configuration.settings().onPort(0);
        var directory = DataDirectory.own(settings.dataDir()).orElseThrow();
        socket = DataDirectory.socket(directory.path());
        hub = StartingHub.of(configuration, directory);
        web = WebServer.start(
                settings.server(),
                hub,
                settings.mcp("test", socket),
                settings.caller().callers(),
                HubCallers.approvers(settings));
        hub.await();
    }

    @AfterAll
    void stop() {
        web.close();
        hub.close();
    }

    @Test
    void findsAPatientInBothSitesThroughTheLocalSocket() throws IOException {
        var answer = call("patient.search", Map.of("family", "Okafor"));

        assertThat(answer.path("sources"))
                .extracting(source -> source.path("ehr").asString())
                .containsExactly("stmarys", "lakeside");
        assertThat(answer.path("items"))
                .extracting(item -> item.path("patient").asString().replaceAll("/.*", ""))
                .contains("stmarys", "lakeside");
        assertThat(answer.path("complete").asBoolean()).isTrue();
    }

    @Test
    void listsToolsOverHttp() throws Exception {
        var hello = post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}",
                "none");
        var session = hello.headers().firstValue("Mcp-Session-Id").orElseThrow();

        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}", session)
                        .body())
                .contains("patient_search", "ehr_list");
    }

    @Test
    void isHealthyAndShowsNothingElseOfItself() throws Exception {
        assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"").doesNotContain("stmarys", "details");
        assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/beans").statusCode()).isEqualTo(404);
    }

    @Test
    void showsItsMetricsToThisMachineAndNobodyInThem() throws Exception {
        call("patient.search", Map.of("family", "Okafor"));

        var metrics = get("/metrics").body();

        assertThat(metrics)
                .contains("ehrhub_call_seconds_count{ehr=\"lakeside\",outcome=\"ok\",tool=\"patient.search\"}")
                .contains(
                        "ehrhub_calls_under_way 0.0",
                        "ehrhub_audit_append_seconds_count",
                        "ehrhub_ledger_unknown_total")
                .contains("ehrhub_ehr_calls_at_once{ehr=\"lakeside\"} 7.0")
                .contains("ehrhub_ehr_calls_at_once{ehr=\"stmarys\"} 64.0")
                .contains("ehrhub_ehr_breaker{ehr=\"stmarys\"} 0.0")
                .contains("ehrhub_refused_total{by=\"ehr_pace\",whose=\"stmarys\"} 0.0")
                .doesNotContain("Okafor", "local", System.getProperty("user.name") + "\"");
    }

    @Test
    void ownsItsDataDirectoryAlone() throws IOException {
        assertThat(DataDirectory.own(folder.resolve("data"))).isEmpty();
        assertThat(Files.getPosixFilePermissions(folder.resolve("data"))).hasSize(3);
    }

    private JsonNode call(String tool, Map<String, String> arguments) throws IOException {
        var answer = new SocketClient(socket, "test", Duration.ofSeconds(30))
                .call(tool, json.valueToTree(arguments))
                .orElseThrow();
        assertThat(answer.failed()).as(answer.text()).isFalse();
        return json.readTree(answer.text());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).build());
    }

    private HttpResponse<String> post(String message, String session) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(message));
        return send((session.equals("none") ? request : request.header("Mcp-Session-Id", session)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + web.port() + path);
    }
}

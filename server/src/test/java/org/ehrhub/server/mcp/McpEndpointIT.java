package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class McpEndpointIT {
    private static final FakeHub HUB = new FakeHub();
    private static RunningHub server;
    private static McpSyncClient client;

    @BeforeAll
    static void start() {
        server = new RunningHub(HUB, McpSettings.standard("1.2.3"));
        client = server.client();
        client.initialize();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        HUB.calls.clear();
        HUB.hidden = List.of();
        HUB.behaviour = call -> FakeHub.ok("{\"items\":[]}");
    }

    @Test
    void saysWhatItIsAndHowItsToolsWorkTogether() {
        assertThat(client.getServerInfo().name()).isEqualTo("ehr-hub");
        assertThat(client.getServerInfo().version()).isEqualTo("1.2.3");
        assertThat(client.getServerInstructions())
                .contains("patient_search", "slot_search", "OUTCOME_UNKNOWN", "cursor")
                .doesNotContain("patient.search", "`");
    }

    @Test
    void listsTheToolsInTheOrderOfTheCatalogue() {
        assertThat(client.listTools().tools())
                .extracting(Tool::name)
                .containsExactlyElementsOf(ToolCatalog.canonical().tools().stream()
                        .map(CanonicalTool::wireName)
                        .toList());
    }

    @Test
    void listsAToolWithEveryHintTheTitleAndTheCanonicalName() {
        var tool = client.listTools().tools().stream()
                .filter(t -> t.name().equals("appointment_create"))
                .findFirst()
                .orElseThrow();
        assertThat(tool.title()).isNotBlank().isEqualTo(tool.annotations().title());
        assertThat(tool.annotations().readOnlyHint()).isFalse();
        assertThat(tool.annotations().destructiveHint()).isTrue();
        assertThat(tool.annotations().idempotentHint()).isFalse();
        assertThat(tool.annotations().openWorldHint()).isTrue();
        assertThat(tool.meta()).containsEntry("org.ehrhub/canonicalName", "appointment.create");
    }

    @Test
    void listsInputSchemasWordForWordAndOutputSchemasWithoutTheirWords() throws Exception {
        var request = server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                .header("Mcp-Session-Id", server.session());
        var listed = server.send(request).body();
        for (var tool : ToolCatalog.canonical().tools()) {
            assertThat(listed)
                    .contains(FakeHub.JSON.readTree(tool.inputSchema()).toString())
                    .contains(withoutWords(FakeHub.JSON.readTree(tool.outputSchema()))
                            .toString());
        }
    }

    private static JsonNode withoutWords(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("description").isString()) {
            object.remove("description");
        }
        schema.forEach(McpEndpointIT::withoutWords);
        return schema;
    }

    @Test
    void listsOnlyWhatTheCallerMayUse() {
        HUB.hidden = List.of("appointment.create", "patient.get");
        assertThat(client.listTools().tools())
                .extracting(Tool::name)
                .contains("patient_search")
                .doesNotContain("appointment_create", "patient_get", "patient.get");
    }

    @Test
    void callsAToolByEitherName() {
        for (var name : List.of("patient_get", "patient.get")) {
            call(name, Map.of("patient", "stmarys/Patient/1"));
            assertThat(HUB.lastCall().tool()).isEqualTo("patient.get");
        }
        assertThat(HUB.calls)
                .hasSize(2)
                .allMatch(call -> call.caller().equals(new Caller("local", java.util.Set.of("local"))));
    }

    @Test
    void answersWithTheSameInTextAndStructure() {
        var json = "{\"items\":[{\"b\":1,\"a\":\"x\"}],\"complete\":true}";
        HUB.behaviour = call -> FakeHub.ok(json);
        var result = call("patient_search", Map.of());
        assertThat(result.isError()).isFalse();
        assertThat(text(result)).isEqualTo(json);
        assertThat(FakeHub.JSON.<tools.jackson.databind.JsonNode>valueToTree(result.structuredContent()))
                .isEqualTo(FakeHub.JSON.readTree(json));
    }

    @Test
    void answersAFailureAsTextOnly() {
        var json = "{\"error\":{\"code\":\"CONFLICT\",\"message\":\"Taken\",\"retryable\":false}}";
        HUB.behaviour = call -> FakeHub.failed(json);
        var result = call("appointment_create", Map.of());
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).isEqualTo(json);
        assertThat(result.structuredContent()).isNull();
    }

    @Test
    void keepsTheTextOfAnExceptionToItself() {
        HUB.behaviour = call -> {
            throw new IllegalStateException("Ada Example, born 1980-01-01");
        };
        var result = call("patient_get", Map.of("patient", "stmarys/Patient/1"));
        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains("INTERNAL", "callId").doesNotContain("Ada", "IllegalState");
    }

    @Test
    void leavesTheJudgementOfArgumentsToTheHub() {
        call("patient_get", Map.of("nonsense", 7, "patient", List.of()));
        assertThat(HUB.lastCall().arguments().toString()).contains("\"nonsense\":7", "\"patient\":[]");
    }

    @Test
    void givesTheHubNumbersWithTheirDigits() throws Exception {
        var request = server.post("""
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"patient_get","arguments":{"n":5.10}}}""").header("Mcp-Session-Id", server.session());
        server.send(request);
        assertThat(HUB.lastCall().arguments().toString()).isEqualTo("{\"n\":5.10}");
    }

    @Test
    void refusesAToolThatIsNotThereInItsOwnWords() {
        assertThatThrownBy(() -> call("patient_delete\n<script>", Map.of()))
                .isInstanceOfSatisfying(McpError.class, e -> {
                    assertThat(e.getJsonRpcError().code()).isEqualTo(-32602);
                    assertThat(e.getMessage())
                            .contains("There is no such tool", "tools/list")
                            .doesNotContain("patient_delete");
                });
        assertThat(HUB.calls).isEmpty();
    }

    @Test
    void tellsAClientOfAnEndedSessionToStartAgain() throws Exception {
        var request = server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                .header("Mcp-Session-Id", "gone");
        var answer = server.send(request);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("initialize").doesNotContain("stackTrace", "gone");
    }

    @Test
    void keepsAConnectionForManyCalls() throws Exception {
        var ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        var request = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: "
                + RunningHub.JSON_AND_EVENTS + "\r\nMcp-Session-Id: " + server.session() + "\r\nContent-Length: "
                + ping.length() + "\r\n\r\n" + ping;
        var answers = server.raw(request.repeat(150));
        assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(151);
        assertThat(answers).doesNotContainIgnoringCase("\r\nConnection:");
    }

    private static CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }
}

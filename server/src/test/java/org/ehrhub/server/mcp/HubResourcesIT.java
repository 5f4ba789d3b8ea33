package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client reads beside the tools, over HTTP. */
class HubResourcesIT {
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
        HUB.behaviour = HubResourcesIT::ehrs;
    }

    @Test
    void listsTheEhrsThatTheCallerMayUseAndTheHubsOwnWords() {
        assertThat(client.listResources().resources())
                .extracting(Resource::uri)
                .containsExactly("hub://tool-guide", "hub://errors", "ehr://stmarys", "ehr://lakeside");
        assertThat(HUB.lastCall().tool()).isEqualTo("ehr.list");
        assertThat(client.listResourceTemplates().resourceTemplates())
                .extracting(ResourceTemplate::uriTemplate)
                .containsExactly("ehr://{id}");
    }

    @Test
    void readsAnEhrByTheToolThatListsThem() {
        assertThat(read("ehr://lakeside")).isEqualTo("{\"ehr\":\"lakeside\",\"type\":\"fhir-r4\",\"health\":\"up\"}");
        assertThat(HUB.lastCall().arguments().toString()).isEqualTo("{\"ehr\":\"lakeside\"}");
    }

    @Test
    void knowsNoEhrThatTheCallerMayNotUse() {
        HUB.behaviour = call -> FakeHub.failed("{\"error\":{\"code\":\"DENIED\"}}");
        assertThat(client.listResources().resources())
                .extracting(Resource::uri)
                .noneMatch(uri -> uri.startsWith("ehr:"));
        assertUnknown("ehr://stmarys");

        HUB.hidden = List.of("ehr.list");
        HUB.calls.clear();
        assertThat(client.listResources().resources())
                .extracting(Resource::uri)
                .noneMatch(uri -> uri.startsWith("ehr:"));
        assertUnknown("ehr://stmarys");
        assertThat(HUB.calls).isEmpty();
    }

    @Test
    void refusesWhatIsNotThereWithoutRepeatingIt() {
        for (var uri : List.of("hub://nothing", "file:///etc/passwd", "ehr://", "ehr://a/b", "zzmarkzz")) {
            assertUnknown(uri);
        }
        assertThat(HUB.calls).isEmpty();
    }

    @Test
    void guidesToTheToolsThatTheCallerMayUse() {
        HUB.hidden = List.of("appointment.create");

        assertThat(read("hub://tool-guide"))
                .contains("Start with ehr_list", "- `patient_search` (READ): ", "OUTCOME_UNKNOWN")
                .doesNotContain("- `appointment_create`", "- `patient.search`");
    }

    @Test
    void explainsEveryError() {
        assertThat(read("hub://errors"))
                .contains(Stream.of(ErrorCode.values())
                        .map(code -> "`" + code + "` (" + (code.retryable() ? "retryable" : "not retryable") + "): "
                                + code.meaning())
                        .toList());
    }

    @Test
    void asksForAnAddressAndASession() throws Exception {
        var unnamed = server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{}}")
                .header("Mcp-Session-Id", server.session());
        assertThat(server.send(unnamed).body()).contains("-32602", "params.uri");

        var list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}";
        assertThat(server.send(server.post(list)).statusCode()).isEqualTo(400);
        assertThat(server.send(server.post(list).header("Mcp-Session-Id", "gone"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(HUB.calls).isEmpty();
    }

    private static ToolAnswer ehrs(FakeHub.Call call) {
        var only = call.arguments().path("ehr").asString("");
        var rows = Stream.of("stmarys", "lakeside")
                .filter(ehr -> only.isEmpty() || ehr.equals(only))
                .map("{\"ehr\":\"%s\",\"type\":\"fhir-r4\",\"health\":\"up\"}"::formatted)
                .toList();
        return FakeHub.ok("{\"items\":[" + String.join(",", rows) + "]}");
    }

    private static String read(String uri) {
        var contents =
                client.readResource(ReadResourceRequest.builder(uri).build()).contents();
        assertThat(contents).singleElement().isInstanceOf(TextResourceContents.class);
        return ((TextResourceContents) contents.getFirst()).text();
    }

    private static void assertUnknown(String uri) {
        assertThatThrownBy(() -> read(uri)).isInstanceOfSatisfying(McpError.class, e -> {
            assertThat(e.getJsonRpcError().code()).isEqualTo(-32002);
            assertThat(e.getMessage()).doesNotContain("zzmark", "passwd", "nothing", "stmarys");
        });
    }
}

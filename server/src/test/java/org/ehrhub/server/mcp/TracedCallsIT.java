package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.ehrhub.tools.TraceContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which trace a call belongs to. */
class TracedCallsIT {
    private static final String OWN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER = "00-11111111111111111111111111111111-2222222222222222-00";
    private static final FakeHub HUB = new FakeHub();
    private static RunningHub server;
    private static String session;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningHub(HUB, McpSettings.standard("1"));
        session = server.session();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        HUB.calls.clear();
    }

    @Test
    void belongsToTheTraceThatTheMessageNames() throws Exception {
        server.send(
                call("{\"traceparent\":\"" + OWN + "\",\"tracestate\":\"a=1\"}").header("traceparent", OTHER));

        assertThat(from().traceId()).isEqualTo(OWN.substring(3, 35));
        assertThat(from().parentSpan()).isEqualTo(OWN.substring(36, 52));
        assertThat(from().state()).isEqualTo("a=1");
    }

    @Test
    void elseToTheOneThatTheHttpRequestNames() throws Exception {
        server.send(call("{}").header("traceparent", OTHER));

        assertThat(from().traceId()).isEqualTo(OTHER.substring(3, 35));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"traceparent\":7}", "{\"traceparent\":\"Ada Hill\",\"tracestate\":\"ada=hill\"}"})
    void elseBeginsOneAndNeverRepeatsWhatIsNoTrace(String meta) throws Exception {
        var answer = server.send(call(meta));

        assertThat(from().traceId()).matches("[0-9a-f]{32}");
        assertThat(from().state()).isEmpty();
        assertThat(from().parentSpan()).isEmpty();
        assertThat(answer.body()).doesNotContainIgnoringCase("ada");
        assertThat(answer.headers().map().toString()).doesNotContainIgnoringCase("ada");
    }

    private static TraceContext from() {
        return HUB.lastCall().from();
    }

    private static HttpRequest.Builder call(String meta) {
        return server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"ehr_list\","
                        + "\"arguments\":{},\"_meta\":" + meta + "}}")
                .header("Mcp-Session-Id", session)
                .header("MCP-Protocol-Version", "2025-11-25");
    }
}

package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class McpShutdownIT {
    private static final String CALL = """
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"patient_get","arguments":{}}}""";

    private final FakeHub hub = new FakeHub();
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    private RunningHub slow(McpSettings settings) {
        hub.behaviour = call -> {
            called.countDown();
            await(answer);
            return FakeHub.ok("{\"done\":true}");
        };
        return new RunningHub(hub, settings);
    }

    @Test
    void answersTheCallUnderWayAndEndsOpenStreams() throws Exception {
        var server = slow(McpSettings.standard("1"));
        var session = server.session();
        var stream = server.http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/mcp"))
                        .header("Accept", "text/event-stream")
                        .header("Mcp-Session-Id", session)
                        .build(),
                BodyHandlers.ofInputStream());
        var call = server.http.sendAsync(
                server.post(CALL).header("Mcp-Session-Id", session).build(), BodyHandlers.ofString());
        await(called);
        var stop = Thread.ofVirtual().start(server::stop);
        awaitClosed(server, session);
        answer.countDown();
        assertThat(call.get(20, TimeUnit.SECONDS).body()).contains("\"done\":true");
        assertThat(stream.body().readAllBytes()).isNotNull();
        stop.join();
        server.close();
    }

    @Test
    void refusesMoreCallsThanItTakesAndServesAgainWhenOneIsDone() throws Exception {
        var plain = McpSettings.standard("1");
        var one = new McpSettings(
                "1",
                plain.toolNames(),
                plain.allowedOrigins(),
                plain.allowedHosts(),
                plain.maxRequestBytes(),
                1,
                null,
                1,
                plain.sessions());
        try (var server = slow(one)) {
            var session = server.session();
            var first = server.http.sendAsync(
                    server.post(CALL).header("Mcp-Session-Id", session).build(), BodyHandlers.ofString());
            await(called);
            var second = server.send(server.post(CALL).header("Mcp-Session-Id", session));
            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
            answer.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    /** New calls are refused once the stop has begun. */
    private static void awaitClosed(RunningHub server, String session) throws IOException, InterruptedException {
        var ping = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}";
        int status = 200;
        for (int i = 0; i < 10_000 && status == 200; i++) {
            status = server.send(server.post(ping).header("Mcp-Session-Id", session))
                    .statusCode();
        }
        assertThat(status).isEqualTo(503);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

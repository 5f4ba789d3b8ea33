package org.ehrhub.server.observed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehrhub.routes.CallWatch.Ended;
import org.ehrhub.tools.TraceContext;
import org.junit.jupiter.api.Test;

class HubTracesIT {
    @Test
    void sendsASpanWithTheIdsThatTheEhrWasToldAndNothingButToolEhrAndOutcome() throws Exception {
        var trace = TraceContext.read("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "ada=hill")
                .orElseThrow()
                .next();
        var sent = new CopyOnWriteArrayList<String>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        var environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort());
        try (var traces = HubTraces.of(environment, InstantSource.system()).orElseThrow()) {
            traces.ended(new Ended("patient.get", Map.of("alpha", "NOT_FOUND"), Duration.ofMillis(5), trace));
        } finally {
            collector.stop(0);
        }

        assertThat(sent)
                .singleElement()
                .asString()
                .contains("tools/call patient.get", "alpha", "NOT_FOUND", "ehr-hub")
                .contains(bytes(trace.traceId()), bytes(trace.spanId()), bytes("b7ad6b7169203331"))
                .doesNotContain("hill");
    }

    @Test
    void isNotThereUnlessTheEnvironmentAsksForIt() {
        for (var environment : List.of(
                Map.<String, String>of(),
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "),
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x", "OTEL_TRACES_EXPORTER", "none"),
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x", "OTEL_SDK_DISABLED", "true"))) {
            assertThat(HubTraces.of(environment, InstantSource.system())).isEmpty();
        }
    }

    private static String bytes(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1);
    }
}

package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.server.adversarial.MarkedProxy.Way;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A patient all of whose data are markers, through every tool of a real hub and every way a call can fail: no marker is in
 * anything that the hub says of its calls, which is its log, its errors, its metrics and its audit trail. Answers that succeed
 * hold the patient's data; that is what they are for.
 */
class MarkerProofIT {
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<CanonicalTool<?, ?>> TOOLS = ToolCatalog.canonical().tools().stream()
            .<CanonicalTool<?, ?>>map(tool -> tool)
            .toList();

    private final AtomicInteger id = new AtomicInteger();
    private final List<String> said = new ArrayList<>();
    private HubProcess hub;

    private record Call(String tool, JsonNode arguments) {}

    @Test
    void noMarkerIsInAnythingThatTheHubSaysOfItsCalls(@TempDir Path folder) throws Exception {
        var configuration = folder.resolve("ehr-hub.yaml");
        try (var sandbox = Sandbox.start(0, Clock.systemUTC());
                var ehrs = new MarkedProxy(sandbox.baseUrl("stmarys"));
                var collector = new Collector()) {
            write(folder, ehrs);
            try (var process = new HubProcess(configuration, collector.environment())) {
                hub = process;
                long succeeded = 0;
                for (var tool : TOOLS) {
                    succeeded += call(example(tool, Way.GOOD)) ? 1 : 0;
                }
                assertThat(succeeded).as("calls that succeeded").isGreaterThan(25);
                for (var way : Way.values()) {
                    callAll(way);
                }
                wrongArguments();
                wrongMessages();
                said.add(get("/metrics"));
                said.add(get("/actuator/health"));
                said.add(get("/" + Marks.of("path") + "?" + Marks.of("query") + "=1"));
            }
            assertThat(collector.taken()).as("spans").isNotEmpty();
            said.addAll(collector.taken());
        }
        said.add(hub.printed());
        auditCommands(configuration);

        assertThat(Marks.USED).as("markers").hasSizeGreaterThan(40);
        assertThat(said).hasSizeGreaterThan(500);
        said.forEach(MarkerProofIT::holdsNoMarker);
        assertThat(said.stream().filter(text -> text.contains("\"patients\"") || text.contains("principal")))
                .as("the audit trail was looked at")
                .isNotEmpty();
    }

    private void auditCommands(Path configuration) throws IOException, InterruptedException {
        for (var words : List.of(
                List.of("audit", "export"),
                List.of("audit", "export", "--format", "fhir"),
                List.of("audit", "search"),
                List.of("audit", "verify"))) {
            var output = HubProcess.output(configuration, words.toArray(String[]::new));
            assertThat(output).as("%s", words).isNotBlank();
            said.add(output);
        }
    }

    /** Of records that are not there; the trail names records, as it must, and patients by a keyed hash only. */
    private static String absent(String arguments) {
        return arguments
                .replaceAll("(good\\d+/Patient/)[^\"]+", "$1" + Marks.of("nobody"))
                .replaceAll("(good\\d+/(?!Patient/)[A-Za-z]+/)[^\"]+", "$1nobody");
    }

    private static void holdsNoMarker(String text) {
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(Marks.WORD);
        for (int shift = 0; shift < 3; shift++) {
            var encoded = Base64.getEncoder()
                    .encodeToString((" ".repeat(shift) + Marks.WORD + "-").getBytes(StandardCharsets.UTF_8));
            assertThat(text).doesNotContain(encoded.substring(2 * shift, encoded.length() - 4));
        }
    }

    private static void write(Path folder, MarkedProxy ehrs) throws IOException {
        var names = new StringBuilder();
        var rules = new StringBuilder("approvers:\n  - {role: local}\nallow:\n");
        for (var way : Way.values()) {
            for (int i = 0; i < ehrs(way); i++) {
                var ehr = way.name().toLowerCase(Locale.ROOT) + i;
                names.append(
                        "  %s: {type: fhir-r4, base-url: \"%s\", timeout: 1s}\n".formatted(ehr, ehrs.url(way, ehr)));
                rules.append("  - {ehr: %s, reads: true, writes: [%s]}\n".formatted(ehr, writes()));
            }
        }
        Files.writeString(folder.resolve("policy.yaml"), rules);
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                policy: policy.yaml
                time-limit: 4s
                server: {port: 0, profiles: [all]}
                limits: {caller: {at-once: 0, calls-per-second: 0, writes-per-day: 0, rows-per-day: 0}}
                ehrs:
                """ + names);
    }

    /** So many that none fails often enough to be left alone. */
    private static int ehrs(Way way) {
        return switch (way) {
            case GOOD -> 1;
            case OTHER, UNPROCESSABLE, CONFLICT, GONE, SILENT -> 2;
            case ERROR, PAGE, MALFORMED, HEADERS, CUT -> 8;
        };
    }

    private static String writes() {
        return String.join(
                ", ",
                TOOLS.stream()
                        .filter(tool -> tool.risk() != Risk.READ)
                        .map(CanonicalTool::name)
                        .toList());
    }

    /** Each tool once, all at the same time. */
    private void callAll(Way way) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = TOOLS.stream()
                    .<Callable<Boolean>>map(tool -> () -> call(example(tool, way)))
                    .toList();
            for (var done : threads.invokeAll(calls)) {
                done.get();
            }
        }
    }

    private Call example(CanonicalTool<?, ?> tool, Way way) {
        var ehr = way.name().toLowerCase(Locale.ROOT) + id.incrementAndGet() % ehrs(way);
        var text = tool.example().replace("stmarys", ehr).replaceAll("\\bsm-(\\d{4})(?![\\w-])", Marks.WORD + "-$1");
        var arguments = (ObjectNode) JSON.readTree(text);
        if (!text.contains(ehr) && tool.inputSchema().contains("\"ehr\"")) {
            arguments.put("ehr", ehr);
        }
        return new Call(tool.wireName(), arguments);
    }

    private void wrongArguments() throws Exception {
        for (var tool : TOOLS) {
            var good = example(tool, Way.GOOD).arguments();
            call(new Call(tool.wireName(), Marks.inPlaceOfTexts("all", good.deepCopy())));
            call(new Call(
                    tool.wireName(), ((ObjectNode) good.deepCopy()).put(Marks.of("property"), Marks.of("value"))));
            for (var name : good.propertyNames()) {
                var other = (ObjectNode) good.deepCopy();
                call(new Call(tool.wireName(), other.put(name, Marks.of(name) + "\u0001\n" + Marks.WORD)));
                other.putObject(name).put(Marks.of("inner-" + name), Marks.WORD);
                call(new Call(tool.wireName(), other));
            }
            call(new Call(tool.wireName(), JSON.readTree(absent(good.toString()))));
        }
    }

    private boolean call(Call call) throws IOException, InterruptedException {
        var message = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", id.incrementAndGet())
                .put("method", "tools/call");
        var params = message.putObject("params").put("name", call.tool());
        params.set("arguments", call.arguments());
        params.putObject("_meta").put("traceparent", Marks.of("parent")).put("tracestate", Marks.WORD + "=1");
        var answer = hub.send(hub.message(message.toString())
                .header("traceparent", Marks.of("header"))
                .build());
        var succeeded = answer.body().contains("\"isError\":false");
        var preview = answer.body().contains("APPROVAL_REQUIRED"); // shows what is to be approved, as an answer would
        keep(succeeded || preview ? "" : answer.body(), answer);
        return succeeded;
    }

    private synchronized void keep(String body, HttpResponse<String> answer) {
        said.add(body + answer.headers().map());
    }

    private void wrongMessages() throws Exception {
        var call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}";
        var word = Marks.of("message");
        for (var body : List.of(
                call.formatted("tools/call", "{\"name\":\"" + word + "\",\"arguments\":{}}"),
                call.formatted("tools/call", "{\"name\":\"patient_get\",\"arguments\":\"" + word + "\"}"),
                call.formatted("tools/" + word, "{}"),
                call.formatted("resources/read", "{\"uri\":\"" + word + "\"}"),
                call.formatted("prompts/get", "{\"name\":\"" + word + "\"}"),
                call.formatted("completion/complete", "{\"ref\":\"" + word + "\"}"),
                call.formatted("logging/setLevel", "{\"level\":\"" + word + "\"}"),
                call.formatted("initialize", "{\"protocolVersion\":\"" + word + "\"}"),
                "{\"jsonrpc\":\"" + word + "\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"" + word + "\":1}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + word + "\"}",
                "{\"" + word,
                word)) {
            var answer = hub.post(body);
            keep(answer.body(), answer);
        }
        var hello = call.formatted("tools/list", "{}");
        for (var header : Stream.of("Origin", "MCP-Protocol-Version", "Authorization", "Last-Event-ID", "Cookie")
                .toList()) {
            var answer =
                    hub.send(hub.message(hello).header(header, Marks.of(header)).build());
            keep(answer.body().contains("\"tools\"") ? "" : answer.body(), answer);
        }
        for (var header : List.of("Mcp-Session-Id", "Content-Type", "Accept")) {
            var answer = hub.send(
                    hub.message(hello).setHeader(header, Marks.of(header)).build());
            keep(answer.body().contains("\"tools\"") ? "" : answer.body(), answer);
        }
        var odd = HttpRequest.newBuilder(hub.at("/mcp"))
                .method(Marks.WORD.toUpperCase(Locale.ROOT), BodyPublishers.noBody())
                .build();
        var answer = hub.send(odd);
        keep(answer.body(), answer);
    }

    private String get(String path) throws IOException, InterruptedException {
        var answer = hub.send(HttpRequest.newBuilder(hub.at(path)).build());
        return answer.body() + answer.headers().map();
    }
}

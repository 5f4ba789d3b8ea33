package org.ehrhub.medplum;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.Auth;
import org.ehrhub.fhir.FhirLayer;
import org.ehrhub.fhir.FhirR4Adapter;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/** A Medplum that answers as a test says, the EHR {@code clinic} in front of it, and calls of its tools. */
public final class ScriptedMedplum implements AutoCloseable {
    public static final String EHR = "clinic";
    public static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJodWIifQ.c2lnbmVkLWJ5LXRoZS1zdHVi";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CamelContext camel = new DefaultCamelContext();
    private final MedplumPart part;
    private FhirR4Adapter adapter;
    private volatile Script script = request -> Answer.outcome(404, "Not found");

    public ScriptedMedplum(MedplumPart part) {
        this.part = part;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        camel.start();
        adapter = adapter();
    }

    /** What was asked: the path after the FHIR base, the names of headers in small letters. */
    public record Request(String method, String path, Map<String, String> headers, String body) {
        public boolean is(String asked) {
            return (method + " " + path).equals(asked);
        }
    }

    /** What is answered; a status of 0 closes the connection without an answer. */
    public record Answer(int status, String type, String body, Map<String, String> headers) {
        public static Answer json(String body) {
            return new Answer(200, "application/json; charset=utf-8", body, Map.of());
        }

        public static Answer fhir(int status, String body) {
            return new Answer(status, "application/fhir+json; charset=utf-8", body, Map.of());
        }

        public static Answer er7(String... segments) {
            return new Answer(200, "x-application/hl7-v2+er7; charset=utf-8", String.join("\r", segments), Map.of());
        }

        /** An error without an id, as most of Medplum's are. */
        public static Answer outcome(int status, String words) {
            return fhir(status, """
                    {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",
                    "details":{"text":"%s"}}]}""".formatted(words));
        }

        public static Answer allOk() {
            return fhir(200, """
                    {"resourceType":"OperationOutcome","id":"ok","issue":[{"severity":"information",
                    "code":"informational","details":{"text":"All OK"}}]}""");
        }

        public static Answer none() {
            return new Answer(0, "", "", Map.of());
        }

        public Answer with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, type, body, more);
        }
    }

    /** How requests are answered. */
    @FunctionalInterface
    public interface Script {
        Answer to(Request request);
    }

    public void answers(Script next) {
        script = next;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The requests that changed something, or could have. */
    public List<Request> posts() {
        return requests.stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir/R4");
    }

    public ToolHandlers tools() {
        return adapter.handlers();
    }

    /** The hub is started again: what it had in memory is gone. */
    public void restart() {
        adapter.close();
        adapter = adapter();
    }

    public ToolResult<?> call(CanonicalTool<?, ?> tool, Record input, CallContext call) {
        return tools().call(tool, input, call);
    }

    /** What the EHR says of an earlier try, asked as the hub does before it repeats a write. */
    @SuppressWarnings("unchecked") // the tool's handler takes the tool's input
    public <I extends Record> Optional<Record> reconcile(CanonicalTool<I, ?> tool, I input, CallContext call) {
        var handler = tools().find(tool.name()).orElseThrow().handler();
        return ((WriteHandler<I, ?>) handler)
                .reconcile(input, call.writeKey(), call)
                .map(Record.class::cast);
    }

    /** The answer of a call that was done. */
    public static ToolResult.Ok<?> done(ToolResult<?> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<?>) result;
    }

    /** The failure of a call that was not. */
    public static ToolResult.Failed<?> failed(ToolResult<?> result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        return (ToolResult.Failed<?>) result;
    }

    public static ErrorCode code(ToolResult<?> result) {
        return failed(result).code();
    }

    public static CallContext read() {
        return new CallContext(
                "call-1", new Caller("tester", Set.of()), Instant.now().plus(Duration.ofSeconds(9)));
    }

    public static CallContext write(String key) {
        return read().writing(key);
    }

    @Override
    public void close() {
        adapter.close();
        camel.stop();
        server.stop(0);
        threads.close();
    }

    private FhirR4Adapter adapter() {
        var config = new FhirR4Config(
                base(),
                Auth.bearer(Secret.from(() -> TOKEN)),
                null,
                null,
                null,
                null,
                null,
                FhirR4Config.Statement.IGNORE,
                List.of(),
                null,
                List.of(),
                FhirR4Config.Provenance.OFF);
        var layer = new FhirLayer() {
            @Override
            public void register(FhirTools tools, FhirServer fhir) {
                part.register(tools, fhir);
            }
        };
        return new FhirR4Adapter(EHR, config, new AdapterContext(camel, InstantSource.system()), layer);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString().replaceFirst("^/fhir/R4/", ""),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            var answer = script.to(request);
            if (answer.status() == 0) {
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}

package org.ehrhub.fhir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server on loopback that answers as a test says, and remembers what it was asked. */
public final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Script script = request -> new Answer(404, "{}");

    /** Listens at once. */
    public ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** What was asked; the names of headers in small letters. */
    public record Request(String method, String target, Map<String, String> headers, String body) {
        public String authorization() {
            return String.valueOf(headers.get("authorization"));
        }

        public String ifMatch() {
            return String.valueOf(headers.get("if-match"));
        }
    }

    /** What is answered, piece by piece where it is long or slow; a status of 0 closes the connection without an answer. */
    public record Answer(int status, Body body, Map<String, String> headers) {
        public Answer(int status, String body) {
            this(status, out -> out.write(body.getBytes(StandardCharsets.UTF_8)), Map.of());
        }

        public Answer(int status, String body, String location) {
            this(status, out -> out.write(body.getBytes(StandardCharsets.UTF_8)), Map.of("Location", location));
        }

        /** The same answer with a header. */
        public Answer with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, body, more);
        }
    }

    /** Writes an answer's body. */
    @FunctionalInterface
    public interface Body {
        /** Writes it; may take its time. */
        void to(OutputStream out) throws IOException;
    }

    /** How requests are answered. */
    @FunctionalInterface
    public interface Script {
        /** The answer to one request. */
        Answer to(Request request);
    }

    public void answers(Script next) {
        script = next;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            var answer = script.to(request);
            if (answer.status() == 0) {
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean empty = answer.status() == 204 || answer.status() == 304;
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : 0);
            if (!empty) {
                answer.body().to(exchange.getResponseBody());
            }
        }
    }
}

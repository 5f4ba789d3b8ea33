package org.ehrhub.server.adversarial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A server on loopback that answers as a test says, and counts what it was asked. */
final class StubServer implements AutoCloseable {
    private static final Pattern CHART = Pattern.compile("GET .*/Patient/([A-Za-z0-9.-]+)");

    private final HttpServer server;
    private final AtomicLong count = new AtomicLong();
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private volatile Function<String, Answer> script = target -> new Answer(404, "{}");

    StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** What is answered, as FHIR JSON. */
    record Answer(int status, String body) {}

    /** Answers by method and target: {@code GET /fhir/Patient/1}. The CapabilityStatement is not counted. */
    void answers(Function<String, Answer> next) {
        script = next;
    }

    /** The same, and every chart that is asked for is there and like others. */
    void answersInOpenCharts(Function<String, Answer> next) {
        script = target -> {
            var chart = CHART.matcher(target);
            return chart.matches()
                    ? new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"" + chart.group(1) + "\"}")
                    : next.apply(target);
        };
    }

    long count() {
        return count.get();
    }

    List<String> targets() {
        return List.copyOf(targets);
    }

    void forget() {
        count.set(0);
        targets.clear();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var target = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var aboutItself = target.contains("/metadata") || target.contains("/.well-known/");
            if (!aboutItself) {
                count.incrementAndGet();
                targets.add(target);
            }
            var answer = aboutItself ? new Answer(404, "{}") : script.apply(target);
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

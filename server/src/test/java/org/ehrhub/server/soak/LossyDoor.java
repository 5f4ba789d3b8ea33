package org.ehrhub.server.soak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stands in front of an EHR, treats each write as a script says, and notes which ones the EHR took. It does not know conditional
 * creates, so that two sends make two records.
 */
final class LossyDoor implements AutoCloseable {
    private static final Set<String> DROPPED =
            Set.of("if-none-exist", "host", "connection", "content-length", "transfer-encoding", "accept-encoding");
    private static final long LATE_MILLIS = 150;

    private final URI behind;
    private final HttpServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> taken = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile Supplier<Fate> fates = () -> Fate.ANSWERED;
    private volatile Consumer<Moment> watcher = moment -> {};

    /** What becomes of a write. */
    enum Fate {
        ANSWERED,
        /** It is done and the connection is cut. */
        CUT,
        /** It is done and answered with 500. */
        FAILED,
        /** It is done and answered late. */
        LATE,
        /** It is not done and the connection is cut. */
        UNDONE,
        /** It is not done and refused. */
        REFUSED,
        /** It is done, and of its entries the second is said to have been refused. */
        PARTLY
    }

    /** How far a write has come. */
    enum Moment {
        ARRIVED,
        DONE,
        ANSWERED
    }

    LossyDoor(URI behind) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.behind = behind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    URI url() {
        return URI.create(own() + behind.getRawPath());
    }

    /** Treats writes so from now on. */
    void fates(Supplier<Fate> next) {
        fates = next;
    }

    /** Tells of each moment of each write from now on. */
    void watch(Consumer<Moment> next) {
        watcher = next;
    }

    /** How many writes have come. */
    int writes() {
        return writes.get();
    }

    /** How many writes with these words the EHR has taken. */
    long taken(String words) {
        synchronized (taken) {
            return taken.stream().filter(body -> body.contains(words)).count();
        }
    }

    /** What was asked for, in order: {@code POST /fhir/Task}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The logins that came with what was asked for. */
    List<String> logins() {
        return List.copyOf(logins);
    }

    /** A record as the EHR holds it, asked of the EHR itself. */
    String held(String path) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(behind + "/" + path)).build(), BodyHandlers.ofString());
        return answer.statusCode() == 200 ? answer.body() : "";
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            logins.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            if (isWrite(exchange)) {
                writes.incrementAndGet();
                write(exchange, body);
            } else {
                send(exchange, ask(exchange, body));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Provenance follows a write and is none itself. */
    private static boolean isWrite(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        return !Set.of("GET", "HEAD").contains(exchange.getRequestMethod())
                && !path.endsWith("/_search")
                && !path.endsWith("/Provenance")
                && !path.contains("$");
    }

    private void write(HttpExchange exchange, String body) throws IOException, InterruptedException {
        var fate = fates.get();
        watcher.accept(Moment.ARRIVED);
        if (fate == Fate.UNDONE) {
            return;
        }
        if (fate == Fate.REFUSED) {
            exchange.sendResponseHeaders(422, -1);
            return;
        }
        var answer = ask(exchange, body);
        if (answer.statusCode() / 100 == 2) {
            synchronized (taken) {
                taken.add(body);
            }
        }
        watcher.accept(Moment.DONE);
        if (fate == Fate.CUT) {
            return;
        }
        if (fate == Fate.LATE) {
            Thread.sleep(LATE_MILLIS);
        }
        if (fate == Fate.FAILED) {
            exchange.sendResponseHeaders(500, -1);
        } else {
            send(exchange, answer, fate == Fate.PARTLY ? partly(answer.body()) : answer.body());
        }
        watcher.accept(Moment.ANSWERED);
    }

    private HttpResponse<String> ask(HttpExchange exchange, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(origin() + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body.replace(own(), origin())));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!DROPPED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String partly(String body) {
        var second = body.indexOf("\"201", body.indexOf("\"201") + 1);
        return second < 0 ? body : body.substring(0, second) + "\"422" + body.substring(second + "\"201".length());
    }

    private void send(HttpExchange exchange, HttpResponse<String> answer) throws IOException {
        send(exchange, answer, answer.body());
    }

    private void send(HttpExchange exchange, HttpResponse<String> answer, String said) throws IOException {
        for (var name : List.of("Content-Type", "Location", "Content-Location", "ETag", "Last-Modified")) {
            answer.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value.replace(origin(), own())));
        }
        var body = said.replace(origin(), own()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private String own() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String origin() {
        return "http://" + behind.getRawAuthority();
    }
}

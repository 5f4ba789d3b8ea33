package org.ehrhub.server.adversarial;

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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * A server between the hub and the sandbox in whose answers every text is a marker, the ids of patients included; and which
 * fails, by the first part of the path, in every way in which an answer can fail, with markers in what it fails with.
 */
final class MarkedProxy implements AutoCloseable {
    /** How it behaves. */
    enum Way {
        GOOD,
        ERROR,
        PAGE,
        MALFORMED,
        OTHER,
        UNPROCESSABLE,
        CONFLICT,
        GONE,
        HEADERS,
        CUT,
        SILENT
    }

    private static final Pattern REAL_ID = Pattern.compile("\\bsm-(\\d{4})(?![\\w-])");
    private static final Pattern MARKED_ID = Pattern.compile("\\b" + Marks.WORD + "-(\\d{4})(?![\\w-])");
    private static final List<String> ASKED_WITH =
            List.of("Content-Type", "Accept", "If-Match", "If-None-Exist", "Prefer");

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final URI behind;

    MarkedProxy(URI behind) throws IOException {
        this.behind = behind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    /** The base URL of an EHR of this name that behaves so. */
    String url(Way way, String ehr) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + way + "/" + ehr;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        http.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var parts = exchange.getRequestURI().toString().split("/", 4);
            var place = "/" + (parts.length > 3 ? parts[3] : "");
            var way = Way.valueOf(parts[1]);
            var aboutItself = place.startsWith("/metadata") || place.startsWith("/.well-known");
            if (way == Way.GOOD) {
                pass(exchange, place, body);
            } else if (aboutItself) {
                send(exchange, 404, "{}");
            } else {
                fail(exchange, way);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(HttpExchange exchange, Way way) throws IOException, InterruptedException {
        var outcome =
                ("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"processing\","
                                + "\"diagnostics\":\"%1$s-diagnostics\",\"details\":{\"text\":\"%1$s-details\"},"
                                + "\"expression\":[\"%1$s-expression\"]}]}")
                        .formatted(Marks.WORD);
        switch (way) {
            case ERROR -> send(exchange, 500, outcome);
            case PAGE -> page(exchange);
            case MALFORMED ->
                send(exchange, 200, "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + Marks.WORD + "-broken");
            case OTHER -> send(exchange, 200, "{\"resourceType\":\"Basic\",\"id\":\"" + Marks.WORD + "-other\"}");
            case UNPROCESSABLE -> send(exchange, 422, outcome);
            case CONFLICT -> send(exchange, 409, outcome);
            case GONE -> send(exchange, 410, outcome);
            case HEADERS -> headers(exchange);
            case CUT -> exchange.sendResponseHeaders(200, 5000);
            case SILENT -> closed.await();
            case GOOD -> throw new IllegalStateException();
        }
    }

    private static void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        var page = ("<html><title>" + Marks.WORD + "-page</title></html>").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(502, page.length);
        exchange.getResponseBody().write(page);
    }

    private static void headers(HttpExchange exchange) throws IOException {
        for (var name : List.of("Location", "ETag", "Retry-After", "WWW-Authenticate", "Warning", "Server")) {
            exchange.getResponseHeaders().set(name, Marks.WORD + "-header");
        }
        exchange.getResponseHeaders().set("Content-Type", "application/" + Marks.WORD + "-type");
        exchange.sendResponseHeaders(401, -1);
    }

    private void pass(HttpExchange exchange, String place, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(behind + real(place)))
                .method(
                        exchange.getRequestMethod(),
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(real(body)));
        ASKED_WITH.forEach(name -> {
            var value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, real(value));
            }
        });
        answer(exchange, http.send(request.build(), BodyHandlers.ofString()));
    }

    private void answer(HttpExchange exchange, HttpResponse<String> answer) throws IOException {
        var own = exchange.getRequestURI().toString().split("/", 4);
        var base = "http://" + exchange.getRequestHeaders().getFirst("Host") + "/" + own[1] + "/" + own[2];
        for (var name : List.of("ETag", "Location", "Last-Modified")) {
            answer.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders()
                            .set(name, marked(value).replace(behind.toString(), base)));
        }
        var body = answer.body().startsWith("{") ? Marks.mark(answer.body()) : answer.body();
        send(exchange, answer.statusCode(), marked(body).replace(behind.toString(), base));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String marked(String text) {
        return REAL_ID.matcher(text).replaceAll(Marks.WORD + "-$1");
    }

    private static String real(String text) {
        return MARKED_ID.matcher(text).replaceAll("sm-$1");
    }
}

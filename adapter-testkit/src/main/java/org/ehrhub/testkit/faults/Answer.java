package org.ehrhub.testkit.faults;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One HTTP answer. */
final class Answer {
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Answer(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static Answer of(int status, String type, String text) {
        return new Answer(status, Map.of("Content-Type", List.of(type)), text.getBytes(StandardCharsets.UTF_8));
    }

    Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, List.of(value));
        return new Answer(status, more, body);
    }

    Answer with(String text) {
        return new Answer(status, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] body() {
        return body;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    void send(HttpExchange exchange) throws IOException {
        begin(exchange, bodiless(exchange) || body.length == 0 ? -1 : body.length);
        if (!bodiless(exchange) && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Half of it, though all is promised. */
    void sendHalf(HttpExchange exchange) throws IOException {
        begin(exchange, body.length + 1L);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }

    private void begin(HttpExchange exchange, long length) throws IOException {
        headers.forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        exchange.sendResponseHeaders(status, length);
    }

    private boolean bodiless(HttpExchange exchange) {
        return WITHOUT_BODY.contains(status) || exchange.getRequestMethod().equals("HEAD");
    }
}

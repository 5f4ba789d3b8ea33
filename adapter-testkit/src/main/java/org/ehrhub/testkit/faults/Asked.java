package org.ehrhub.testkit.faults;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One HTTP request. */
final class Asked {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Operations that only read although they may be POSTed; any other is taken for a write. */
    private static final Set<String> READING = Set.of(
            "$find",
            "$everything",
            "$summary",
            "$lookup",
            "$expand",
            "$validate-code",
            "$translate",
            "$subsumes",
            "$validate",
            "$docref",
            "$lastn",
            "$match",
            "$inquire",
            "$questionnaire-package");

    private static final Pattern CHANGING_ENTRY = Pattern.compile("\"method\"\\s*:\\s*\"(POST|PUT|PATCH|DELETE)\"");

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private Asked(String method, String target, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    static Asked of(HttpExchange exchange) throws IOException {
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                new LinkedHashMap<>(exchange.getRequestHeaders()),
                exchange.getRequestBody().readAllBytes());
    }

    String method() {
        return method;
    }

    /** Path and query. */
    String target() {
        return target;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    String path() {
        return target.split("\\?", 2)[0];
    }

    /** Whether it may change something. */
    boolean isWrite(String basePath) {
        var last = path().substring(path().lastIndexOf('/') + 1);
        if (SAFE.contains(method) || last.equals("_search") || READING.contains(last)) {
            return false;
        }
        boolean bundle = path().replaceAll("/+$", "").equals(basePath.replaceAll("/+$", ""));
        return !bundle || CHANGING_ENTRY.matcher(text()).find();
    }

    /** The same text for the same request. */
    String line() {
        return method + " " + target + " " + Arrays.hashCode(body);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The same request with another target. */
    Asked to(String other) {
        return new Asked(method, other, headers, body);
    }

    /** The same request with another body. */
    Asked with(String text) {
        return new Asked(method, target, headers, text.getBytes(StandardCharsets.UTF_8));
    }
}

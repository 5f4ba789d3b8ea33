package org.ehrhub.medplum.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One HTTP request that has reached the stub, or one entry of a bundle. */
public final class Asked {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    Asked(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers.putAll(headers);
        this.body = body;
    }

    static Asked of(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        return new Asked(
                exchange.getRequestMethod(),
                uri.getPath().replaceFirst("^/api(?=/)", ""),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The path, decoded, without the query. */
    public String path() {
        return path;
    }

    /** The query as it was sent; empty where there was none. */
    public String query() {
        return query;
    }

    /** The first header of a name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .flatMap(values -> values.stream().findFirst());
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Method and path, as in {@code POST /fhir/R4/Appointment/$book}. */
    public String line() {
        return method + " " + path;
    }

    byte[] body() {
        return body;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    String contentType() {
        return header("Content-Type").orElse("");
    }

    boolean prefers(String what) {
        return header("Prefer").filter(what::equals).isPresent();
    }

    boolean isJson() {
        var type = contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    /** The body as JSON; what is no JSON by its content type is an empty object, as Medplum's server parses it. */
    JsonNode json() {
        if (!isJson() || body.length == 0) {
            return Json.object();
        }
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw Refused.bad("Content could not be parsed");
        }
    }

    /** The parameters of the query, or of a form that was posted. */
    Map<String, List<String>> parameters() {
        return contentType().startsWith("application/x-www-form-urlencoded") && method.equals("POST")
                ? parsed(query.isEmpty() ? text() : query + "&" + text())
                : parsed(query);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters().get(name)).map(List::getFirst);
    }

    Asked under(String prefix) {
        return new Asked(method, path.substring(prefix.length()), query, headers, body);
    }

    static Map<String, List<String>> parsed(String query) {
        var found = new LinkedHashMap<String, List<String>>();
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                var parts = pair.split("=", 2);
                found.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                        .add(parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        return found;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

package org.ehrhub.medplum.stub;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One HTTP answer. */
final class Said {
    static final String FHIR = "application/fhir+json; charset=utf-8";
    static final String PLAIN = "application/json; charset=utf-8";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    Said(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static Said of(int status, String type, String text) {
        return new Said(status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
    }

    static Said fhir(int status, JsonNode body) {
        return of(status, FHIR, Json.MAPPER.writeValueAsString(body));
    }

    static Said json(int status, JsonNode body) {
        return of(status, PLAIN, Json.MAPPER.writeValueAsString(body));
    }

    static Said outcome(ObjectNode outcome, Asked asked) {
        return fhir(Outcomes.status(outcome), Outcomes.traced(outcome, asked));
    }

    /** What Express says of an address that nothing serves. */
    static Said nothingThere(Asked asked) {
        var page = """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>Error</title>
                </head>
                <body>
                <pre>Cannot %s %s</pre>
                </body>
                </html>
                """.formatted(asked.method(), asked.path());
        return of(404, "text/html; charset=utf-8", page);
    }

    Said with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Said(status, more, body);
    }

    Said withoutBody() {
        return new Said(status, headers, new byte[0]);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    byte[] body() {
        return body;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}

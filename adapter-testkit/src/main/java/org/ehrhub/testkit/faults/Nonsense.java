package org.ehrhub.testkit.faults;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** What an EHR should not answer; a person's name is in all of it. */
final class Nonsense {
    private static final String FHIR = "application/fhir+json;charset=UTF-8";
    private static final int CHUNK = 64 * 1024;
    private static final int LONG_SECONDS = 3600;

    private Nonsense() {}

    static Answer html() {
        return Answer.of(
                200, "text/html;charset=UTF-8", "<html><body>Chart of %s</body></html>".formatted(Marker.NAME));
    }

    static Answer outcome(int status) {
        return Answer.of(status, FHIR, """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception",
                 "details":{"text":"Chart of %s"},"diagnostics":"while reading %s, born 1948-03-21"}]}""".formatted(Marker.NAME, Marker.NAME));
    }

    static Answer busyForLong() {
        return outcome(429).with("Retry-After", Integer.toString(LONG_SECONDS));
    }

    /** One resource that does not end before {@link Fault#HUGE_BYTES}; counts what the reader took. */
    static void huge(HttpExchange exchange, AtomicLong taken) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", FHIR);
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        var begin = "{\"resourceType\":\"Basic\",\"language\":\"" + Marker.NAME;
        out.write(begin.getBytes(StandardCharsets.UTF_8));
        var chunk = "x".repeat(CHUNK).getBytes(StandardCharsets.UTF_8);
        for (int sent = 0; sent < Fault.HUGE_BYTES; sent += CHUNK) {
            out.write(chunk);
            out.flush();
            taken.addAndGet(CHUNK);
        }
        out.write("\"}".getBytes(StandardCharsets.UTF_8));
    }
}

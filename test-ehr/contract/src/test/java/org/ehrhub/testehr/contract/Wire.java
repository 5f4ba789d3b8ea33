package org.ehrhub.testehr.contract;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/** FHIR R4 over plain HTTP: what is really sent and answered, with no FHIR client between. */
final class Wire implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    Wire(URI base) {
        this.base = base;
    }

    /** {@code headers} are names and values in turn. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> post(String path, IBaseResource body, String... headers)
            throws IOException, InterruptedException {
        return send("POST", path, json(body), headers);
    }

    HttpResponse<String> put(String path, IBaseResource body, String... headers)
            throws IOException, InterruptedException {
        return send("PUT", path, json(body), headers);
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    <R extends IBaseResource> R read(Class<R> type, HttpResponse<String> answer) {
        return fhir.newJsonParser().parseResource(type, answer.body());
    }

    Bundle search(String query) throws IOException, InterruptedException {
        return read(Bundle.class, get(query));
    }

    /** The whole answer, head included, to a query that {@link URI} refuses to hold. */
    String answerToRawQuery(String query) throws IOException {
        String request = "GET %s/%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(base.getPath(), query, base.getAuthority());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private BodyPublisher json(IBaseResource resource) {
        return BodyPublishers.ofString(fhir.newJsonParser().encodeResourceToString(resource));
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/" + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/fhir+json")
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}

package org.ehrhub.medplum;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Speaks FHIR JSON with one Medplum server, inside a call's deadline. */
final class MedplumClient implements AutoCloseable {
    private static final int MOST = 5_000_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final Secret token;
    private final InstantSource clock;

    MedplumClient(URI base, Secret token, InstantSource clock) {
        this.base = base;
        this.token = token;
        this.clock = clock;
    }

    /** An answer of any status. */
    record Reply(int status, JsonNode body) {
        boolean isOutcome() {
            return body.path("resourceType").asString("").equals("OperationOutcome");
        }

        /** The server's own words, to be compared with known ones and never shown. */
        String words() {
            return body.path("issue").path(0).path("details").path("text").asString("");
        }
    }

    /** Reads; anything but 200 fails with a typed error. */
    JsonNode read(String path, CallContext call) {
        var reply = send(request(path, call).GET(), ErrorCode.EHR_UNAVAILABLE);
        if (reply.status() != 200) {
            throw refusal(reply.status());
        }
        if (reply.isOutcome()) {
            throw silent(ErrorCode.EHR_UNAVAILABLE);
        }
        return reply.body();
    }

    /** Sends a write once; fails with {@code OUTCOME_UNKNOWN} when no answer came. */
    Reply write(String method, String path, Object body, CallContext call, String... headers) {
        var request = request(path, call)
                .header("Content-Type", "application/fhir+json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(MedplumJson.MAPPER.writeValueAsBytes(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var reply = send(request, ErrorCode.OUTCOME_UNKNOWN);
        if (reply.status() < 400 && (reply.status() >= 300 || reply.isOutcome())) {
            throw silent(ErrorCode.OUTCOME_UNKNOWN); // it says neither that it did it nor that it did not
        }
        return reply;
    }

    static EhrFailure refusal(int status) {
        return switch (status) {
            case 401, 403 ->
                new EhrFailure(ErrorCode.DENIED, "The EHR does not let the hub do this.", "Ask the hub's operator.");
            case 404, 410 ->
                new EhrFailure(ErrorCode.NOT_FOUND, "The EHR holds no such record.", "Search for it again.");
            case 429 ->
                new EhrFailure(ErrorCode.RATE_LIMITED, "The EHR allows no more calls just now.", "Wait a minute.");
            default ->
                status >= 400 && status < 500
                        ? new EhrFailure(
                                ErrorCode.REJECTED_BY_EHR, "The EHR refused the request.", "Change it; search again.")
                        : silent(ErrorCode.EHR_UNAVAILABLE);
        };
    }

    private HttpRequest.Builder request(String path, CallContext call) {
        var left = call.remaining(clock);
        if (left.isZero()) {
            throw silent(ErrorCode.EHR_UNAVAILABLE);
        }
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(left)
                .header("Authorization", "Bearer " + token.reveal());
    }

    private Reply send(HttpRequest.Builder request, ErrorCode whenSilent) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                return new Reply(response.statusCode(), MedplumJson.MAPPER.readTree(body.readNBytes(MOST)));
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw silent(ErrorCode.EHR_UNAVAILABLE); // nothing was sent
        } catch (IOException | JacksonException e) {
            throw silent(whenSilent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(whenSilent);
        }
    }

    private static EhrFailure silent(ErrorCode code) {
        return code == ErrorCode.OUTCOME_UNKNOWN
                ? new EhrFailure(
                        code,
                        "The EHR did not say whether it was done.",
                        "Call again with the same idempotencyKey: the hub looks before it writes.")
                : new EhrFailure(code, "The EHR did not answer in time.", "Try again later; nothing was changed.");
    }

    @Override
    public void close() {
        http.close();
    }
}

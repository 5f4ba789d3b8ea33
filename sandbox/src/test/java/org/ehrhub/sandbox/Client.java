package org.ehrhub.sandbox;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.hl7.fhir.r4.model.Resource;

/** How the tests speak to a sandbox: HAPI's generic client, or plain HTTP where the client would hide what is tested. */
final class Client {
    /** A Monday at noon in London. */
    static final Clock MONDAY = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Client() {}

    static IGenericClient of(Sandbox sandbox, String site) {
        FhirContext fhir = FhirContext.forR4Cached();
        fhir.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        return fhir.newRestfulGenericClient(sandbox.baseUrl(site).toString());
    }

    static HttpResponse<String> get(Sandbox sandbox, String site, String relative, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl(site) + relative))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The answer of an operation to a resource POSTed to it. */
    static <T extends Resource> T operation(Sandbox sandbox, String site, String relative, Resource body, Class<T> as)
            throws IOException, InterruptedException {
        var parser = FhirContext.forR4Cached().newJsonParser();
        var request = request(sandbox.baseUrl(site) + relative, "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(parser.encodeResourceToString(body)));
        var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Assertions.assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parser.parseResource(as, answer.body());
    }

    static HttpResponse<String> send(Sandbox sandbox, String method, String relative, String body, String... headers)
            throws IOException, InterruptedException {
        var request = request(sandbox.baseUrl("stmarys") + relative, "application/fhir+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> patch(Sandbox sandbox, String relative, String body, String... headers)
            throws IOException, InterruptedException {
        var request = request(sandbox.baseUrl("stmarys") + relative, "application/json-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String url, String type) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", type);
    }

    static ThrowableAssertAlternative<BaseServerResponseException> refused(int status, ThrowingCallable call) {
        return Assertions.assertThatExceptionOfType(BaseServerResponseException.class)
                .isThrownBy(call)
                .matches(refusal -> refusal.getStatusCode() == status, "answers " + status);
    }
}

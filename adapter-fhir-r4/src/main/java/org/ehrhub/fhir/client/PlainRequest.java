package org.ehrhub.fhir.client;

import java.util.Map;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * A request that camel-fhir has no call for.
 *
 * @param kind what it is
 * @param method the HTTP method
 * @param url the whole address
 * @param headers beside the login
 * @param body what is sent, none with GET and DELETE
 */
record PlainRequest(
        Interaction kind,
        String method,
        String url,
        Map<String, String> headers,
        @Nullable StringEntity body) {
    static final ContentType FHIR_JSON = ContentType.create("application/fhir+json", "UTF-8");
    static final ContentType JSON_PATCH = ContentType.create("application/json-patch+json", "UTF-8");

    static PlainRequest get(Interaction kind, String url, String accept) {
        return new PlainRequest(kind, "GET", url, Map.of("Accept", accept), null);
    }

    static PlainRequest send(Interaction kind, String method, String url, @Nullable StringEntity body) {
        return new PlainRequest(kind, method, url, Map.of("Accept", FHIR_JSON.getMimeType()), body);
    }

    /** The same request, done only where the record still has this version (FHIR R4, 3.1.0.5.2). */
    PlainRequest ifMatch(@Nullable String version) {
        return version == null
                ? this
                : new PlainRequest(
                        kind,
                        method,
                        url,
                        Map.of("Accept", FHIR_JSON.getMimeType(), "If-Match", "W/\"" + version + "\""),
                        body);
    }

    HttpUriRequest http() {
        var request = RequestBuilder.create(method).setUri(url).setEntity(body);
        headers.forEach(request::setHeader);
        return request.build();
    }
}

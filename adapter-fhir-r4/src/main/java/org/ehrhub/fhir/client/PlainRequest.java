package org.ehrhub.fhir.client;

import org.apache.http.HttpEntity;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * A request that camel-fhir has no call for.
 *
 * @param kind what it is
 * @param method the HTTP method
 * @param url the whole address
 * @param accept the media type that is asked for
 * @param body what is sent, none with GET and DELETE
 * @param version the version that the record must still have, any without it (FHIR R4, 3.1.0.5.2)
 */
record PlainRequest(
        Interaction kind,
        String method,
        String url,
        String accept,
        @Nullable HttpEntity body,
        @Nullable String version) {
    static final ContentType FHIR_JSON = ContentType.create("application/fhir+json", "UTF-8");
    static final ContentType JSON_PATCH = ContentType.create("application/json-patch+json", "UTF-8");

    PlainRequest(Interaction kind, String method, String url, String accept, @Nullable HttpEntity body) {
        this(kind, method, url, accept, body, null);
    }

    /** A request without a body. */
    static PlainRequest get(Interaction kind, String url, String accept) {
        return new PlainRequest(kind, "GET", url, accept, null);
    }

    /** A request that is answered in FHIR. */
    static PlainRequest fhir(Interaction kind, String method, String url, @Nullable HttpEntity body) {
        return new PlainRequest(kind, method, url, FHIR_JSON.getMimeType(), body);
    }

    PlainRequest ifMatch(@Nullable String still) {
        return new PlainRequest(kind, method, url, accept, body, still);
    }

    Demand demand() {
        return new Demand(kind, url);
    }

    HttpUriRequest http() {
        var request = RequestBuilder.create(method).setUri(url).setEntity(body).setHeader("Accept", accept);
        if (version != null) {
            request.setHeader("If-Match", "W/\"" + version + "\"");
        }
        return request.build();
    }
}

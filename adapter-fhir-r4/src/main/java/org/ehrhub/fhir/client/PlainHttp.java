package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import org.apache.http.HttpResponse;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;

/** The connections of one EHR, used without HAPI's client between. */
final class PlainHttp implements AutoCloseable {
    private final CloseableHttpClient http;

    PlainHttp(CloseableHttpClient http) {
        this.http = http;
    }

    /** A request that is about to be sent over these connections. */
    Sending sending(Sending.Order order, Instant deadline, String authorization) {
        return new Sending(http, order, deadline, authorization);
    }

    /**
     * Sends a request and reads the answer.
     *
     * @throws BaseServerResponseException when the server refuses, or cannot be reached or understood
     */
    Content send(PlainRequest request, Sending sending) {
        try {
            return ScopedValue.where(HttpConnections.SENDING, sending)
                    .call(() -> http.execute(request.http(), PlainHttp::content));
        } catch (IOException e) {
            throw new FhirClientConnectionException(e);
        }
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Content content(HttpResponse answer) throws IOException {
        int status = answer.getStatusLine().getStatusCode();
        if (status < 200 || status > 299) {
            throw BaseServerResponseException.newInstance(status, "");
        }
        var entity = answer.getEntity();
        if (entity == null) {
            return Content.NONE;
        }
        var type = entity.getContentType();
        return new Content(
                EntityUtils.toByteArray(entity), type == null ? "" : Objects.requireNonNullElse(type.getValue(), ""));
    }
}

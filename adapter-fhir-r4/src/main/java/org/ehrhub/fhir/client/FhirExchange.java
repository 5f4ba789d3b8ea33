package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.tools.CallContext;

/**
 * Single HTTP exchanges with one server, through camel-fhir where that has a call for it, else on the same connections: the
 * login, one more try with a new one after HTTP 401, and failures in the hub's words.
 */
final class FhirExchange implements AutoCloseable {
    private final String ehr;
    private final Login login;
    private final CloseableHttpClient http;
    private final CamelContext camel;
    private final String scheme;
    private final ProducerTemplate template;
    private final Map<Interaction, Endpoint> endpoints;

    FhirExchange(String ehr, URI base, FhirR4Config config, AdapterContext context) {
        this.ehr = ehr;
        this.login = Login.of(config.auth(), context.clock());
        this.http = HttpConnections.open(config, context.clock());
        this.camel = context.camel();
        this.scheme = "fhir-" + ehr;
        camel.addComponent(scheme, new CallerThreadComponent(client(base)));
        this.template = camel.createProducerTemplate();
        this.endpoints = Interaction.endpoints(camel, scheme);
    }

    /** One camel-fhir call. */
    <T> T ask(Interaction interaction, Map<String, Object> headers, Class<T> type, CallContext call) {
        return loggedIn(call, authorization -> {
            var answer = sending(
                    call,
                    authorization,
                    () -> template.send(
                            endpoint(interaction), exchange -> exchange.getIn().setHeaders(new HashMap<>(headers))));
            var failure = answer.getException();
            if (failure != null) {
                throw FhirFailures.of(failure, interaction, ehr, call);
            }
            var body = answer.getMessage().getBody();
            if (!type.isInstance(body)) {
                throw FhirFailures.notFhir(interaction);
            }
            return type.cast(body);
        });
    }

    /** One request that camel-fhir has no call for; of its answer at most so many bytes are read. */
    Content ask(PlainRequest request, int maxBytes, CallContext call) {
        return loggedIn(call, authorization -> {
            try {
                return sending(
                        call,
                        authorization,
                        () -> http.execute(request.http(), answer -> {
                            return content(answer, maxBytes);
                        }));
            } catch (IOException e) {
                throw FhirFailures.of(new FhirClientConnectionException(e), request.kind(), ehr, call);
            } catch (BaseServerResponseException e) {
                throw FhirFailures.of(e, request.kind(), ehr, call);
            }
        });
    }

    @Override
    public void close() {
        camel.removeComponent(scheme);
        template.stop();
        login.close();
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T loggedIn(CallContext call, Function<String, T> sending) {
        var authorization = login.authorization(call.deadline());
        try {
            return sending.apply(authorization);
        } catch (UnauthorizedException e) {
            // Refused before anything was done, so a second try is safe for writes as well.
            if (!login.renew(authorization)) {
                throw e.failure();
            }
        }
        try {
            return sending.apply(login.authorization(call.deadline()));
        } catch (UnauthorizedException e) {
            throw e.failure();
        }
    }

    private <T, X extends Throwable> T sending(
            CallContext call, String authorization, ScopedValue.CallableOp<? extends T, X> action) throws X {
        return ScopedValue.where(
                        HttpConnections.SENDING, new HttpConnections.Sending(http, call.deadline(), authorization))
                .call(action);
    }

    private static Content content(HttpResponse answer, int maxBytes) throws IOException {
        int status = answer.getStatusLine().getStatusCode();
        if (status < 200 || status > 299) {
            throw BaseServerResponseException.newInstance(status, "");
        }
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            return new Content(new byte[0], "");
        }
        var bytes = entity.getContent().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw FhirFailures.tooLarge();
        }
        EntityUtils.consume(entity);
        var type = entity.getContentType();
        return new Content(bytes, type == null ? "" : Objects.requireNonNullElse(type.getValue(), ""));
    }

    private Endpoint endpoint(Interaction interaction) {
        return Objects.requireNonNull(endpoints.get(interaction), interaction::name);
    }

    private IGenericClient client(URI base) {
        var making = new HttpConnections.Sending(http, Instant.MAX, "");
        return ScopedValue.where(HttpConnections.SENDING, making).call(() -> FhirClients.client(base));
    }
}

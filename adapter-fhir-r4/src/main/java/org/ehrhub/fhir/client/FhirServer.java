package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.http.impl.client.CloseableHttpClient;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One FHIR R4 server, asked through camel-fhir: each method is one HTTP exchange, answers with what the server sent, and
 * fails with an {@link EhrFailure} that holds none of it.
 */
public final class FhirServer implements AutoCloseable {
    private final String ehr;
    private final URI base;
    private final InstantSource clock;
    private final Login login;
    private final CloseableHttpClient http;
    private final CamelContext camel;
    private final String scheme;
    private final ProducerTemplate template;
    private final Map<Interaction, Endpoint> endpoints;

    /** Makes the connections' pool and the endpoints; sends nothing. */
    public FhirServer(String ehr, FhirR4Config config, AdapterContext context) {
        this.ehr = ehr;
        this.base = withoutSlash(config.baseUrl());
        this.clock = context.clock();
        this.login = login(config.auth(), clock);
        this.http = HttpConnections.open(config, clock);
        this.camel = context.camel();
        this.scheme = "fhir-" + ehr;
        camel.addComponent(scheme, new CallerThreadComponent(client()));
        this.template = camel.createProducerTemplate();
        this.endpoints = Interaction.endpoints(camel, scheme);
    }

    /** The name of the EHR. */
    public String ehr() {
        return ehr;
    }

    /** The service base URL, without a slash at its end. */
    public URI base() {
        return base;
    }

    /** The time. */
    public InstantSource clock() {
        return clock;
    }

    /** Where an answer that was read just now comes from. */
    public Provenance provenance(@Nullable Resource resource) {
        var version = resource == null ? null : resource.getMeta().getVersionId();
        return new Provenance(ehr, clock.instant(), version);
    }

    /** The hub's reference to what a reference of this server points at; none when it is on another server. */
    public @Nullable Reference reference(org.hl7.fhir.r4.model.Reference reference) {
        var text = reference.getReference();
        var own = text != null && text.startsWith(base + "/")
                ? text.substring(base.toString().length() + 1)
                : text;
        return FhirId.reference(ehr, own);
    }

    /** Reads one resource (FHIR R4, 3.1.0.1); its id was checked before. */
    public <R extends Resource> R read(Class<R> type, String id, CallContext call) {
        return ask(
                Interaction.READ,
                Map.of("CamelFhir.resource", type, "CamelFhir.id", new IdType(type.getSimpleName(), id)),
                type,
                call);
    }

    /** Searches one type (FHIR R4, 3.1.1): the first page. */
    public Bundle search(SearchUrl url, CallContext call) {
        if (url.isOperation()) {
            return bundle("/" + url.text(), call);
        }
        return ask(Interaction.SEARCH, Map.of("CamelFhir.url", url.text()), Bundle.class, call);
    }

    /** Reads a bundle at a place under the base URL: a next page, or an operation's answer. */
    public Bundle bundle(String place, CallContext call) {
        return ask(
                Interaction.PAGE,
                Map.of("CamelFhir.url", base + place, "CamelFhir.returnType", Bundle.class),
                Bundle.class,
                call);
    }

    /** Does all entries or none (FHIR R4, 3.1.0.11). */
    public Bundle transaction(Bundle bundle, CallContext call) {
        return ask(Interaction.TRANSACTION, Map.of("CamelFhir.bundle", bundle), Bundle.class, call);
    }

    /**
     * Creates unless the condition finds something (FHIR R4, 3.1.0.8.1).
     *
     * @return the id of what was created or found
     */
    public String create(Resource resource, SearchUrl unless, CallContext call) {
        var outcome = ask(
                Interaction.CREATE,
                Map.of("CamelFhir.resource", resource, "CamelFhir.url", unless.text()),
                MethodOutcome.class,
                call);
        var id = outcome.getId() == null ? null : outcome.getId().getIdPart();
        if (id == null) {
            throw FhirFailures.unclear();
        }
        return id;
    }

    /** Replaces a resource where it still has the version in its id: HAPI sends that as If-Match (FHIR R4, 3.1.0.5.2). */
    public void update(Resource resource, CallContext call) {
        var id = new IdType(resource.fhirType(), resource.getIdPart(), versionOf(resource));
        ask(Interaction.UPDATE, Map.of("CamelFhir.resource", resource, "CamelFhir.id", id), MethodOutcome.class, call);
    }

    /**
     * The version of a record.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when the server gives it none
     */
    public String versionOf(Resource resource) {
        var version = resource.getMeta().getVersionId();
        if (version == null) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The EHR gives its records no versions, so the hub cannot change one safely.",
                    "Make the change in the EHR itself.");
        }
        return version;
    }

    /** The failure of a write of which the server did not say whether it was done. */
    public static EhrFailure unclear() {
        return FhirFailures.unclear();
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

    private <T> T ask(Interaction interaction, Map<String, Object> headers, Class<T> type, CallContext call) {
        var authorization = login.authorization(call.deadline());
        try {
            return send(interaction, headers, type, call, authorization);
        } catch (UnauthorizedException e) {
            // Refused before anything was done, so a second try is safe for writes as well.
            if (!login.renew(authorization)) {
                throw e.failure();
            }
        }
        try {
            return send(interaction, headers, type, call, login.authorization(call.deadline()));
        } catch (UnauthorizedException e) {
            throw e.failure();
        }
    }

    private <T> T send(
            Interaction interaction,
            Map<String, Object> headers,
            Class<T> type,
            CallContext call,
            String authorization) {
        var sending = new HttpConnections.Sending(http, call.deadline(), authorization);
        var answer = ScopedValue.where(HttpConnections.SENDING, sending)
                .call(() -> template.send(
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
    }

    private Endpoint endpoint(Interaction interaction) {
        var endpoint = endpoints.get(interaction);
        if (endpoint == null) {
            throw new IllegalStateException("No endpoint for " + interaction);
        }
        return endpoint;
    }

    private IGenericClient client() {
        var making = new HttpConnections.Sending(http, Instant.MAX, "");
        return ScopedValue.where(HttpConnections.SENDING, making).call(() -> FhirClients.client(base));
    }

    private static Login login(FhirR4Config.@Nullable Auth auth, InstantSource clock) {
        if (auth == null) {
            return Login.NONE;
        }
        return switch (auth.kind()) {
            case NONE -> Login.NONE;
            case BASIC -> Login.basic(needed(auth.username()), needed(auth.password()));
            case BEARER -> Login.bearer(needed(auth.token()));
            case CLIENT_CREDENTIALS ->
                new ClientCredentials(
                        new ClientCredentials.Client(
                                needed(auth.tokenUrl()),
                                needed(auth.clientId()),
                                needed(auth.clientSecret()),
                                auth.scope()),
                        clock);
        };
    }

    private static <T> T needed(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("auth is incomplete");
        }
        return value;
    }

    private static URI withoutSlash(URI url) {
        return URI.create(url.toString().replaceAll("/+$", ""));
    }
}

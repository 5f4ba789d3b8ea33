package org.ehrhub.fhir.client;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Downstream;

/**
 * Single HTTP exchanges with one server, through camel-fhir where that has a call for it, else on the same connections: the
 * login, one more try with a new one after HTTP 401, and failures in the hub's words.
 */
final class FhirExchange implements AutoCloseable {
    private static final Set<Integer> PLAIN_REFUSALS = Set.of(401, 403, 408, 429);

    private final String ehr;
    private final InstantSource clock;
    private final URI base;
    private final ServerHabits habits;
    private final PlainHttp http;
    private final AskedScopes scopes;
    private final Login login;
    private final Refusals refusals;
    private final ServerCapabilities capabilities;
    private final int mostBytes;
    private final CamelContext camel;
    private final String scheme;
    private final ProducerTemplate template;
    private final Map<Interaction, Endpoint> endpoints;

    FhirExchange(String ehr, FhirR4Config config, AdapterContext context, ServerHabits habits) {
        this.ehr = ehr;
        this.habits = habits;
        this.clock = context.clock();
        this.http = new PlainHttp(HttpConnections.open(config, context.clock()));
        this.scopes = Logins.scopes(config.auth());
        this.base = config.base();
        this.login = new Logins(ehr, config, scopes, habits::audience).of(http, context);
        this.refusals = new Refusals(base, clock);
        this.capabilities = new ServerCapabilities(this, base, refusals, habits);
        this.mostBytes = config.mostBytes();
        this.camel = context.camel();
        this.scheme = "fhir-" + ehr;
        camel.addComponent(scheme, new CallerThreadComponent(client(base)));
        this.template = camel.createProducerTemplate();
        this.endpoints = Interaction.endpoints(camel, scheme);
    }

    /** The name of the EHR. */
    String ehr() {
        return ehr;
    }

    /** The time. */
    InstantSource clock() {
        return clock;
    }

    /** What the server can do, as far as that is known. */
    ServerCapabilities capabilities() {
        return capabilities;
    }

    /** How it logs in. */
    Login login() {
        return login;
    }

    /** What it asks for when it logs in. */
    AskedScopes scopes() {
        return scopes;
    }

    /** The longest answer that is read. */
    int mostBytes() {
        return mostBytes;
    }

    /** One camel-fhir call. */
    <T> T ask(Interaction interaction, Map<String, Object> headers, Class<T> type, CallContext call) {
        var demand = Demand.of(interaction, headers);
        return loggedIn(call, authorization -> {
            var sending = sending(demand, mostBytes, Map.of(), call, authorization);
            var answer = send(endpoint(interaction), headers, sending, call);
            var failure = answer.getException();
            if (failure != null) {
                throw FhirFailures.of(failure, sending, ehr, call);
            }
            return noted(FhirFailures.expected(answer.getMessage().getBody(), type, sending), call);
        });
    }

    /** One FHIR request that camel-fhir has no call for, with the resource that answers it. */
    <T> T ask(PlainRequest request, Class<T> type, CallContext call) {
        // Where each user logs in, the hub itself has no login to read the statement with, and needs none (SMART App
        // Launch 2.2, 3).
        var open = request.kind() == Interaction.STATEMENT && login.ofUsers().isPresent();
        return loggedIn(open ? Login.NONE : login, call, authorization -> {
            var sending = sending(request.demand(), mostBytes, Map.of(), call, authorization);
            var answer = send(request, sending, call);
            try {
                var resource = answer.isEmpty() ? null : FhirClients.parse(answer.bytes());
                return noted(FhirFailures.expected(resource, type, sending), call);
            } catch (DataFormatException e) {
                throw FhirFailures.of(e, sending, ehr, call);
            }
        });
    }

    /** One request that camel-fhir has no call for, with the bytes that answer it. */
    Content ask(PlainRequest request, int most, CallContext call) {
        return loggedIn(
                call,
                authorization -> send(request, sending(request.demand(), most, Map.of(), call, authorization), call));
    }

    /** One request of the product's own; what it refuses for reasons of the request's own is an answer, too. */
    OwnAnswer ask(OwnRequest request, CallContext call) {
        if (!NextLink.sameOrigin(request.url(), base)
                || !NextLink.isSafe(request.url().getRawPath())) {
            throw new IllegalArgumentException("Not an address of the server");
        }
        return loggedIn(call, authorization -> {
            var plain = request.plain();
            var sending = sending(plain.demand(), mostBytes, request.headers(), call, authorization);
            try {
                var content = send(plain, sending, call);
                return new OwnAnswer(sending.answered().status(), content, sending.place());
            } catch (UnauthorizedException e) {
                if (!request.once()) {
                    throw e;
                }
                login.renew(call, authorization); // for the requests after this one
            } catch (EhrFailure e) {
                if (!isAnswer(request, sending)) {
                    throw e;
                }
            }
            return new OwnAnswer(sending.answered().status(), sending.refused(), sending.place());
        });
    }

    private static boolean isAnswer(OwnRequest request, Sending sending) {
        int status = sending.answered().status();
        return status >= 400
                && status <= 499
                && (request.once()
                        || (!PLAIN_REFUSALS.contains(status)
                                && sending.refusal().isEmpty()));
    }

    private Sending sending(Demand demand, int most, Map<String, String> more, CallContext call, String authorization) {
        var headers = new HashMap<>(more);
        headers.putAll(habits.headers(call));
        var pass = habits.admit(demand, call.deadline());
        return http.sending(
                new Sending.Order(demand.kind(), most, call.trace(), habits, headers, pass),
                call.deadline(),
                authorization);
    }

    /** One request to somebody who must not see the login. */
    Content askWithoutLogin(PlainRequest request, int most, CallContext call) {
        try {
            return send(request, http.sending(new Sending.Order(request.kind(), most), call.deadline(), ""), call);
        } catch (UnauthorizedException e) {
            throw e.failure();
        }
    }

    @Override
    public void close() {
        capabilities.close();
        camel.removeComponent(scheme);
        template.stop();
        http.close();
    }

    /** Everything that is read goes through here, so no handler can forget a label. */
    private <T> T noted(T answer, CallContext call) {
        SecurityLabels.note(
                answer instanceof MethodOutcome written ? written.getResource() : answer, ehr, call.sensitive());
        return answer;
    }

    private Exchange send(Endpoint endpoint, Map<String, Object> headers, Sending sending, CallContext call) {
        try {
            return ScopedValue.where(HttpConnections.SENDING, sending)
                    .call(() ->
                            template.send(endpoint, exchange -> exchange.getIn().setHeaders(new HashMap<>(headers))));
        } finally {
            note(sending, call);
        }
    }

    private Content send(PlainRequest request, Sending sending, CallContext call) {
        try {
            return http.send(request, sending);
        } catch (BaseServerResponseException e) {
            throw FhirFailures.of(e, sending, ehr, call);
        } finally {
            note(sending, call);
        }
    }

    private void note(Sending sending, CallContext call) {
        sending.over();
        refusals.note(sending);
        if (!sending.method().isEmpty()) {
            var status = sending.answered().status();
            call.downstream()
                    .note(new Downstream.Exchange(
                            ehr, sending.method(), status == 0 ? "NONE" : Integer.toString(status)));
        }
    }

    private <T> T loggedIn(CallContext call, Function<String, T> sending) {
        return loggedIn(login, call, sending);
    }

    private <T> T loggedIn(Login login, CallContext call, Function<String, T> sending) {
        if (call.remaining(clock).isZero()) {
            throw FhirFailures.tooLate();
        }
        var authorization = login.authorization(call);
        try {
            return sending.apply(authorization);
        } catch (UnauthorizedException e) {
            // Refused before anything was done, so a second try is safe for writes as well.
            if (!login.renew(call, authorization)) {
                throw e.failure();
            }
        }
        try {
            return sending.apply(login.authorization(call));
        } catch (UnauthorizedException e) {
            throw e.failure();
        }
    }

    private Endpoint endpoint(Interaction interaction) {
        return Objects.requireNonNull(endpoints.get(interaction), interaction::name);
    }

    private IGenericClient client(URI base) {
        var making = http.sending(new Sending.Order(Interaction.READ, mostBytes), Instant.MAX, "");
        return ScopedValue.where(HttpConnections.SENDING, making).call(() -> FhirClients.client(base));
    }
}

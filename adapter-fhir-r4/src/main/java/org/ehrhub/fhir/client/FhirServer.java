package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.api.MethodOutcome;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One FHIR R4 server: a method is one HTTP exchange, answers with what was sent, and fails with {@link EhrFailure}. */
public final class FhirServer implements AutoCloseable {
    private static final Pattern OWN_SEARCH = Pattern.compile("/([A-Z][A-Za-z]+)\\?(.*)");
    private static final SearchUrl PROBE =
            SearchUrl.of("Patient").text("_id", "ehr-hub-probe").written("_count", "1");

    private final String ehr;
    private final URI base;
    private final InstantSource clock;
    private final boolean postsSearches;
    private final ServerHabits habits;
    private final FhirExchange exchange;
    private final FhirRequests requests;
    private final Attachments attachments;

    /** Makes the connections' pool and the endpoints; sends nothing. */
    public FhirServer(String ehr, FhirR4Config config, AdapterContext context, ServerHabits habits) {
        this.ehr = ehr;
        this.base = config.base();
        this.clock = context.clock();
        this.postsSearches = config.postsSearches();
        this.habits = habits;
        this.exchange = new FhirExchange(ehr, config, context, habits);
        this.requests = new FhirRequests(base, habits.patchesByVersion());
        this.attachments = new Attachments(exchange, base, config);
    }

    public String ehr() {
        return ehr;
    }

    /** The service base URL, without a slash at its end. */
    public URI base() {
        return base;
    }

    ServerHabits habits() {
        return habits;
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
        return FhirId.reference(ehr, base, reference.getReference());
    }

    /**
     * Reads one resource (FHIR R4, 3.1.0.1); its id was checked before.
     *
     * @throws EhrFailure {@code EHR_UNAVAILABLE} when the server answers with another one
     */
    public <R extends Resource> R read(Class<R> type, String id, CallContext call) {
        var found = exchange.ask(
                Interaction.READ,
                Map.of("CamelFhir.resource", type, "CamelFhir.id", new IdType(FhirClients.name(type), id)),
                type,
                call);
        if (!id.equals(found.getIdPart())) {
            throw FhirFailures.anotherRecord();
        }
        return found;
    }

    /**
     * Reads one resource of a type that is named in words.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when FHIR R4 has no such type or the id is none
     */
    public Resource readAny(String type, String id, CallContext call) {
        return read(FhirClients.type(type), FhirId.checked(id), call);
    }

    /**
     * The document of a Binary (FHIR R4, 2.39), bare or in FHIR's own wrapping.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when it has more bytes than asked for
     */
    public Content binary(String id, int maxBytes, CallContext call) {
        return exchange.ask(requests.binary(id), Content.mostWrapped(maxBytes), call)
                .unwrapped()
                .atMost(maxBytes);
    }

    /**
     * The document that a record points at: on this server with the login, on a host of the settings without it.
     *
     * @param url absolute, or relative to the base URL
     * @throws EhrFailure {@code UNSUPPORTED} when it lies elsewhere, or has more bytes than asked for
     */
    public Content fetchAttachment(URI url, int maxBytes, CallContext call) {
        return attachments.fetch(url, maxBytes, call);
    }

    /** What this server can do, as far as that is known. */
    public ServerCapabilities capabilities() {
        return exchange.capabilities();
    }

    /** Sets what the registered tools need, so that the login asks for no more. */
    public void offer(Collection<Needs.Need> needs) {
        exchange.scopes().cover(needs);
    }

    /** The hub's public keys that this server's login must know, as a JWK set; empty where it needs none. */
    public Optional<String> publicKeys() {
        return exchange.login().publicKeys();
    }

    /** How each user logs in to this server; empty where the hub's own login serves all of them. */
    public Optional<UserLogin> userLogin() {
        return exchange.login().ofUsers();
    }

    /**
     * Sees that the server answers and, where the hub has a login of its own, lets it in.
     *
     * @throws EhrFailure when it does not
     */
    public void reach(CallContext call) {
        if (userLogin().isPresent()) {
            exchange.capabilities().ask(call);
        } else {
            // Unlike the CapabilityStatement this is small, and not given to those who are not logged in.
            search(PROBE, call);
        }
    }

    /** Searches one type (FHIR R4, 3.1.1): the first page. */
    public Bundle search(SearchUrl url, CallContext call) {
        return at(Cursor.first(url), call);
    }

    /** The page at a place of a list. */
    Bundle at(Cursor place, CallContext call) {
        var search = OWN_SEARCH.matcher(place.place());
        if (!place.own() || !search.matches()) {
            return exchange.ask(
                    place.own() ? Interaction.LISTING : Interaction.PAGE,
                    Map.of("CamelFhir.url", base + place.place(), "CamelFhir.returnType", Bundle.class),
                    Bundle.class,
                    call);
        }
        return postsSearches
                ? exchange.ask(requests.search(search.group(1), search.group(2)), Bundle.class, call)
                : exchange.ask(
                        Interaction.SEARCH,
                        Map.of("CamelFhir.url", place.place().substring(1)),
                        Bundle.class,
                        call);
    }

    /** Does all entries or none (FHIR R4, 3.1.0.11). */
    public Bundle transaction(Bundle bundle, CallContext call) {
        var answer = exchange.ask(Interaction.TRANSACTION, Map.of("CamelFhir.bundle", bundle), Bundle.class, call);
        Written.done(bundle, answer);
        return answer;
    }

    /**
     * Creates unless the condition finds something (FHIR R4, 3.1.0.8.1).
     *
     * @return the id of what was created or found
     */
    public String create(Resource resource, SearchUrl unless, CallContext call) {
        var outcome = exchange.ask(
                Interaction.CREATE,
                Map.of("CamelFhir.resource", resource, "CamelFhir.url", unless.text()),
                MethodOutcome.class,
                call);
        var id = Written.id(outcome, resource).orElseThrow(FhirFailures::unclear);
        Written.created(outcome, resource, WriteKeys.isSearchFor(unless, resource, call));
        return id;
    }

    /** Replaces a resource where it still has the version in its meta (FHIR R4, 3.1.0.5.2). */
    public void update(Resource resource, CallContext call) {
        var version = versionOf(resource);
        var id = new IdType(resource.fhirType(), resource.getIdPart(), version);
        resource.setId(id); // what is sent as If-Match is the version there, whatever id goes with it
        var outcome = exchange.ask(
                Interaction.UPDATE,
                Map.of("CamelFhir.resource", resource, "CamelFhir.id", id),
                MethodOutcome.class,
                call);
        if (outcome.getResource() == null && version.equals(Versions.now(this, resource, call))) {
            throw unclear(); // it answered well and has not done it
        }
        Written.updated(outcome, resource);
    }

    /**
     * Changes parts of a resource by a JSON Patch (RFC 6902; FHIR R4, 3.1.0.6.2).
     *
     * @param version which it must still have; any where none is given
     */
    public void patch(String type, String id, @Nullable String version, String patch, CallContext call) {
        var answer = exchange.ask(requests.patch(type, id, version, patch), exchange.mostBytes(), call);
        Written.patched(type, id, answer);
    }

    /** Deletes a resource that has a version; whatever it has, where none is given (FHIR R4, 3.1.0.7). */
    public void delete(String type, String id, @Nullable String version, CallContext call) {
        exchange.ask(requests.delete(type, id).ifMatch(version), exchange.mostBytes(), call);
        Written.deleted(type, id);
    }

    /**
     * Runs an operation (FHIR R4, 3.2.0.2): asked with GET when there is no body and nothing changes, else with POST.
     *
     * @param path {@code Claim/$submit} or {@code Patient/1/$summary}, built of checked parts; may go on with parameters
     *     as {@link SearchUrl} writes them
     * @param body Parameters, or the one resource that the operation takes
     * @param affectsState whether it changes something or leaves the EHR; its outcome may then be unknown
     */
    public <R extends Resource> R operation(
            String path, @Nullable Resource body, boolean affectsState, Class<R> type, CallContext call) {
        return exchange.ask(requests.operation(path, body, affectsState), type, call);
    }

    /**
     * Sends a request of the product's own.
     *
     * @throws EhrFailure when there is no answer, or the server does not let the hub ask it
     */
    public OwnAnswer ask(OwnRequest request, CallContext call) {
        return exchange.ask(request, call);
    }

    public static String encode(Resource resource) {
        return FhirClients.encode(resource);
    }

    /**
     * A resource out of a caller's FHIR JSON, strictly read.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is not FHIR R4; holds nothing of the text
     */
    public static Resource parse(String json) {
        return FhirClients.parse(json);
    }

    /**
     * The version of a record.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when the server gives it none
     */
    public String versionOf(Resource resource) {
        return Versions.of(resource);
    }

    /** Whether the server did what it was asked, and answered with more than the hub reads. */
    public static boolean isTooLarge(EhrFailure failure) {
        return failure.getCause() instanceof AnswerTooLargeException;
    }

    /** The failure of a write of which the server did not say whether it was done. */
    public static EhrFailure unclear() {
        return FhirFailures.unclear();
    }

    @Override
    public void close() {
        exchange.close();
    }
}

package org.ehrhub.medplum.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Demand;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Interaction;
import org.ehrhub.fhir.client.Needs.Need;
import org.ehrhub.fhir.client.OwnCalls;
import org.ehrhub.fhir.client.Refusal;
import org.ehrhub.fhir.client.ServerHabits;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Where Medplum's servers go other ways than the FHIR standard lets expect. */
public final class MedplumHabits implements ServerHabits {
    /** The feature without which a transaction is a batch that calls itself a transaction. */
    private static final String TRANSACTIONS = "transaction-bundles";

    private static final String BOTS = "bots";
    private static final Duration LEARNING = Duration.ofSeconds(5);

    private final URI base;
    private final @Nullable URI publicUrl;
    private final @Nullable OnBehalfOf onBehalfOf;
    private final InstantSource clock;
    private final RateLimits limits;
    private final MedplumProject project;

    /**
     * Those of one server.
     *
     * @param base its address, without a slash at its end
     * @param publicUrl the address that it calls its own, where the settings say so
     * @param onBehalfOf in whose name it is asked
     */
    public MedplumHabits(URI base, @Nullable URI publicUrl, @Nullable OnBehalfOf onBehalfOf, InstantSource clock) {
        this.base = base;
        this.publicUrl = publicUrl;
        this.onBehalfOf = onBehalfOf;
        this.clock = clock;
        this.limits = new RateLimits(clock);
        this.project = new MedplumProject(base, clock);
    }

    /** Asks this server what else must be known of it. */
    public void on(FhirServer server) {
        project.on(server);
    }

    /** Begins to read what must be known of the server, where that is due, and waits a while for it. */
    public void learn(Duration wait) {
        project.learned(wait);
    }

    @Override
    public Map<String, String> headers(CallContext call) {
        return onBehalfOf == null || OwnCalls.is(call) ? Map.of() : onBehalfOf.headers(call.caller());
    }

    @Override
    public Pass admit(Demand demand, Instant deadline) {
        if (demand.kind() == Interaction.TRANSACTION) {
            mustBeAtomic(deadline);
        }
        return limits.admit(demand, deadline);
    }

    @Override
    public byte[] cleaned(byte[] json) {
        return SignedAddresses.resolved(json);
    }

    @Override
    public Optional<EhrFailure> refusal(Refusal refusal) {
        return Meanings.of(refusal);
    }

    @Override
    public Optional<String> unmet(Need need) {
        return switch (need.word()) {
            case "$submit" -> Optional.of("Medplum has no operation " + need.type() + "/$submit.");
            case "transaction" -> lacking(TRANSACTIONS, "does transactions one entry at a time");
            case "$execute", "$deploy" -> lacking(BOTS, "runs no bots");
            default -> Optional.empty();
        };
    }

    /** Its statement names one of them all. */
    @Override
    public boolean namesOperations() {
        return false;
    }

    @Override
    public long changes() {
        return project.changes();
    }

    @Override
    public List<String> remarks(String type, CallContext call) {
        return headers(call).isEmpty()
                ? project.learned(Duration.ZERO)
                        .map(facts -> facts.shown().remarks(type))
                        .orElse(List.of())
                : List.of("The EHR was asked in a user's name: what their access policy hides is left out unsaid.");
    }

    @Override
    public boolean patchesByVersion() {
        return false;
    }

    @Override
    public Optional<URI> ownBase() {
        if (publicUrl == null && project.ownBase().isEmpty()) {
            project.learned(LEARNING);
        }
        return Optional.ofNullable(publicUrl)
                .or(project::ownBase)
                .filter(own -> !own.equals(base))
                .map(own -> URI.create(own + "/fhir/R4"));
    }

    @Override
    public URI audience(URI tokenUrl) {
        return publicUrl == null ? tokenUrl : URI.create(publicUrl + "/oauth2/token");
    }

    private Optional<String> lacking(String feature, String so) {
        return project.known()
                .filter(facts -> !facts.features().contains(feature))
                .map(facts -> "This Medplum project " + so + ": it has not the feature `" + feature + "`.");
    }

    private void mustBeAtomic(Instant deadline) {
        var left = Duration.between(clock.instant(), deadline).dividedBy(2);
        var facts = project.learned(left.compareTo(LEARNING) < 0 ? left : LEARNING)
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.EHR_UNAVAILABLE,
                        "The hub could not find out whether this Medplum project does transactions; nothing was sent.",
                        "Try again later; if it stays so, ask the hub's operator to check this EHR's credentials."));
        if (!facts.features().contains(TRANSACTIONS)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "This Medplum project does the entries of a transaction one at a time; nothing was sent.",
                    "Ask the hub's operator to turn on the project's feature `" + TRANSACTIONS
                            + "`, or write one by one.");
        }
    }
}

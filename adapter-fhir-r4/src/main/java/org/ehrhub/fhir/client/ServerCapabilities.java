package org.ehrhub.fhir.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Needs.Need;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server can do, as far as the hub knows: what it says of itself, what it answered when it was asked to, and what the
 * login was granted. What it says is read in the background, again each hour, and a minute later where it could not be had;
 * until then everything counts as supported.
 */
public final class ServerCapabilities {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCapabilities.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String REFUTED = "The EHR says that it supports this, but answered that it does not.";
    private static final String REFUSED = "The EHR answered that it does not support this.";

    private final FhirExchange exchange;
    private final String url;
    private final Refusals refusals;
    private final ServerHabits habits;
    private final BackgroundReading reading;
    private volatile @Nullable Statement statement;

    ServerCapabilities(FhirExchange exchange, URI base, Refusals refusals, ServerHabits habits) {
        this.exchange = exchange;
        this.url = base + "/metadata";
        this.refusals = refusals;
        this.habits = habits;
        this.reading = new BackgroundReading("fhir-statement", exchange.clock(), this::read);
    }

    /**
     * What is known at one moment; equal where nothing has changed since.
     *
     * @param granted the scopes, in the login server's words
     */
    public record Known(@Nullable Object statement, long refusals, long habits, Optional<String> granted) {}

    /** What is known just now; where it is old, begins to read it anew. */
    public Known known() {
        reading.renew();
        return new Known(
                statement,
                refusals.changes(),
                habits.changes(),
                exchange.login().granted());
    }

    /** Whether the server has said what it can do. */
    public boolean stated() {
        return statement != null;
    }

    /** Why a need is not met, in the hub's words; empty where it is, or where that is not known. */
    public Optional<String> unmet(Need need) {
        var said = statement;
        if (refusals.holds(need)) {
            return Optional.of(said != null && said.unmet(need).isEmpty() ? REFUTED : REFUSED);
        }
        return habits.unmet(need)
                .or(() -> isStated(need)
                        ? Optional.ofNullable(said).flatMap(known -> known.unmet(need))
                        : Optional.empty())
                .or(() -> exchange.login()
                        .granted()
                        .flatMap(words -> GrantedScopes.of(words).unmet(need)));
    }

    private boolean isStated(Need need) {
        return habits.namesOperations() || !need.word().startsWith("$");
    }

    /** Whether the server gives its search parameters for a type, and none of these is among them. */
    public boolean lacksParameters(String type, Set<String> names) {
        var said = statement;
        return said != null && said.lacksParameters(type, names);
    }

    /** Begins to read what the server says of itself, where that is due, and waits a while for it. */
    public void learn(Duration wait) {
        reading.learn(wait);
    }

    /** What the server says of itself at this moment. */
    CapabilityStatement ask(CallContext call) {
        return exchange.ask(
                PlainRequest.fhir(Interaction.STATEMENT, "GET", url, null), CapabilityStatement.class, call);
    }

    /** Reads no more. */
    void close() {
        reading.close();
    }

    private boolean read() {
        try {
            var until = exchange.clock().instant().plus(LONGEST);
            statement = Statement.of(ask(OwnCalls.of("capabilities", until)));
            return true;
        } catch (EhrFailure e) {
            LOG.info("what {} supports could not be read; tools are offered as before", exchange.ehr());
            return false;
        }
    }
}

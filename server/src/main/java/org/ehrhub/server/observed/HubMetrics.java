package org.ehrhub.server.observed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.routes.CallWatch;
import org.ehrhub.routes.HubRoutes;
import org.ehrhub.routes.limits.EhrLoad;
import org.ehrhub.server.channels.ChannelWatch;
import org.ehrhub.server.channels.Destinations;

/**
 * The hub's metrics. Labels are names of tools and EHRs of the configuration, and codes; nobody who calls and nobody who is
 * called about is in them.
 */
public final class HubMetrics implements CallWatch {
    private static final String REFUSED = "ehrhub.refused";
    private static final List<String> BREAKER = List.of("closed", "half_open", "open");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer audit = Timer.builder("ehrhub.audit.append")
            .description("How long records of the audit trail took to be durable")
            .register(registry);
    private final Counter unknown = Counter.builder("ehrhub.ledger.unknown")
            .description("Writes under a key whose outcome is not known")
            .register(registry);

    private final Counter opened = Counter.builder("ehrhub.break.glass")
            .description("Closed charts that were opened by break-glass")
            .register(registry);

    /** Metrics of a hub that is about to start. */
    public HubMetrics() {}

    @Override
    public void ended(Ended call) {
        call.outcomes()
                .forEach((ehr, outcome) -> Timer.builder("ehrhub.call")
                        .description("Calls of a tool, and how long they took")
                        .tags("tool", call.tool(), "ehr", ehr, "outcome", outcome)
                        .register(registry)
                        .record(call.took()));
    }

    /** Shows what the limits of a hub keep count of. */
    public void show(HubRoutes routes, EhrRegistry ehrs) {
        Gauge.builder("ehrhub.calls.under.way", routes.callerLimits()::underWay).register(registry);
        refused("caller", "pace", routes.callerLimits()::refusedByPace);
        refused("caller", "places", routes.callerLimits()::refusedByPlaces);
        refused("day", "writes", routes.allowance()::refusedWrites);
        refused("day", "rows", routes.allowance()::refusedRows);
        ehrs.all().forEach(entry -> show(entry.ehr(), () -> routes.load(entry.ehr())));
    }

    private void show(String ehr, Supplier<EhrLoad> load) {
        var tags = Tags.of("ehr", ehr);
        Gauge.builder("ehrhub.ehr.calls.under.way", () -> load.get().underWay())
                .tags(tags)
                .register(registry);
        Gauge.builder("ehrhub.ehr.calls.at.once", () -> load.get().places())
                .tags(tags)
                .register(registry);
        Gauge.builder("ehrhub.ehr.breaker", () -> BREAKER.indexOf(load.get().breaker()))
                .description("0 closed, 1 half open, 2 open: left alone after failures")
                .tags(tags)
                .register(registry);
        refused(ehr, "ehr_pace", of(load, EhrLoad::refusedByPace));
        refused(ehr, "ehr_places", of(load, EhrLoad::refusedByPlaces));
        refused(ehr, "ehr_breaker", of(load, EhrLoad::refusedByBreaker));
        refused(ehr, "ehr_retries", of(load, EhrLoad::notRepeated));
    }

    private static Supplier<Long> of(Supplier<EhrLoad> load, ToLongFunction<EhrLoad> part) {
        return () -> part.applyAsLong(load.get());
    }

    private void refused(String whose, String by, Supplier<Long> count) {
        FunctionCounter.builder(REFUSED, count, Supplier::get)
                .description("Calls, or further tries, that a limit kept back")
                .tags("whose", whose, "by", by)
                .register(registry);
    }

    /** What is told of channels, and where they stand in this journal. */
    public ChannelWatch channels(
            Set<String> channels, JournalDesk journal, Destinations destinations, InstantSource clock) {
        return ChannelMetrics.shown(registry, channels, journal, destinations, clock);
    }

    /** A trail whose time is taken. */
    public AuditTrail timed(AuditTrail trail) {
        return new AuditTrail() {
            @Override
            public void keep(Entry entry) {
                audit.record(() -> trail.keep(entry));
                if (entry.stage() == AuditTrail.Stage.BREAK_GLASS) {
                    opened.increment();
                }
            }

            @Override
            public void close() {
                trail.close();
            }
        };
    }

    /** A ledger whose unknown outcomes are counted. */
    public IdempotencyLedger counted(IdempotencyLedger ledger) {
        return new IdempotencyLedger() {
            @Override
            public Claim claim(String key, String digest) {
                return ledger.claim(key, digest);
            }

            @Override
            public void settle(String key, Outcome outcome) {
                if (outcome == Outcome.UNKNOWN) {
                    unknown.increment();
                }
                ledger.settle(key, outcome);
            }
        };
    }

    /** All of it, in the text form of Prometheus. */
    public String text() {
        return registry.scrape();
    }
}

package org.ehrhub.routes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.Health;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.ehrs.Ehr;
import org.jspecify.annotations.Nullable;

/** What {@code ehr.list} says of one EHR: whether it answers now, and which tools the caller may use on it. */
public final class EhrStatus {
    private static final Duration PROBE = Duration.ofSeconds(3);

    private final ToolCatalog catalog;
    private final Offering offering;
    private final InstantSource clock;
    private final HeldBack heldBack;

    /** What holds calls back. */
    @FunctionalInterface
    public interface HeldBack {
        /** What a caller should know of an EHR's limits just now; nothing while there is room. */
        Stream<String> words(String ehr, CallContext call);
    }

    /** Shows tools of this catalogue as far as they are offered. */
    public EhrStatus(ToolCatalog catalog, Offering offering, InstantSource clock, HeldBack heldBack) {
        this.catalog = catalog;
        this.offering = offering;
        this.clock = clock;
        this.heldBack = heldBack;
    }

    ToolResult<Page<Ehr>> of(EhrRegistry.Entry entry, CallContext call) {
        var remaining = call.remaining(clock).dividedBy(2);
        var health = probe(entry, remaining.compareTo(PROBE) < 0 ? remaining : PROBE);
        var row = new Ehr(
                entry.ehr(),
                entry.type(),
                health instanceof Health.Up ? "up" : "down",
                health instanceof Health.Down down ? down.problem() : null,
                support(entry, call.caller()),
                withheld(entry, call.caller()),
                limits(entry, call));
        return new ToolResult.Ok<>(Page.all(List.of(row)), new Provenance(entry.ehr(), clock.instant(), null));
    }

    private @Nullable String limits(EhrRegistry.Entry entry, CallContext call) {
        var words = heldBack.words(entry.ehr(), call).collect(Collectors.joining("; "));
        return words.isEmpty() ? null : words;
    }

    private List<Ehr.Support> support(EhrRegistry.Entry entry, Caller caller) {
        var rows = new ArrayList<Ehr.Support>();
        for (var tool : catalog.tools()) {
            if (offering.offers(entry, tool, caller)) {
                rows.add(new Ehr.Support(tool.name(), features(entry, tool)));
            }
        }
        return rows;
    }

    private static List<String> features(EhrRegistry.Entry entry, CanonicalTool<?, ?> tool) {
        return entry.handlers().find(tool.name()).stream()
                .flatMap(registration -> registration.features().stream())
                .sorted()
                .map(Feature::name)
                .toList();
    }

    private List<Ehr.Withheld> withheld(EhrRegistry.Entry entry, Caller caller) {
        return entry.handlers().withheld().entrySet().stream()
                .filter(one -> catalog.find(one.getKey())
                        .filter(tool -> offering.allows(entry, tool, caller))
                        .isPresent())
                .map(one -> new Ehr.Withheld(one.getKey(), one.getValue()))
                .toList();
    }

    private static Health probe(EhrRegistry.Entry entry, Duration limit) {
        var task = new FutureTask<>(() -> entry.adapter().probe(limit));
        var thread = Thread.ofVirtual().name("ehr-probe").start(task);
        try {
            return task.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return new Health.Down("It did not answer within " + limit.toMillis() + " ms.");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new Health.Down("The hub stopped waiting for it.");
        } catch (ExecutionException e) {
            Faults.log(null, e.getCause());
            return new Health.Down("The hub's adapter met a fault; see the hub's log.");
        }
    }
}

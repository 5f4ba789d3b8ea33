package org.ehrhub.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ToolCatalog;

/** What all promises are tried with. */
record Bench(
        ContractEhr ehr,
        ContractCalls calls,
        Samples samples,
        List<CanonicalTool<?, ?>> tools,
        Map<CanonicalTool<?, ?>, Integer> known) {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int MOST_LOOKS = 100;

    /**
     * Of the tools that the adapter has registered, in the catalogue's order, once it has asked the EHR for each that the
     * EHR is known to lack: some say that they have what they have not.
     */
    static Bench of(ContractEhr ehr) {
        var calls = new ContractCalls(ehr);
        var samples = new Samples(ehr, calls);
        for (var tool : ehr.lacks()) {
            if (samples.has(tool)) {
                var _ = calls.write(tool, samples.of(tool), ContractCalls.newKey());
            }
        }
        var handlers = ehr.adapter().handlers();
        var order = ToolCatalog.canonical().tools().stream().toList();
        List<CanonicalTool<?, ?>> tools = handlers.names().stream()
                .<CanonicalTool<?, ?>>map(
                        name -> handlers.find(name).orElseThrow().tool())
                .sorted(Comparator.comparingInt(order::indexOf))
                .toList();
        return new Bench(ehr, calls, new Samples(ehr, calls), tools, new HashMap<>());
    }

    /** Waits until nothing more reaches the EHR of what was asked of it before. */
    void settle() {
        var last = -1L;
        for (int looks = 0; looks < MOST_LOOKS && last != ehr.requests(); looks++) {
            last = ehr.requests();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    boolean has(CanonicalTool<?, ?> tool) {
        return tools.contains(tool);
    }

    boolean has(CanonicalTool<?, ?> tool, Feature feature) {
        return ehr.adapter().handlers().find(tool.name()).stream()
                .anyMatch(registration -> registration.features().contains(feature));
    }

    Stream<CanonicalTool<?, ?>> reads() {
        return tools.stream().filter(tool -> !(tool instanceof CanonicalTool.Write<?, ?>));
    }

    Stream<CanonicalTool<?, ?>> lists() {
        return tools.stream().filter(CanonicalTool.Listing.class::isInstance);
    }

    Stream<CanonicalTool<?, ?>> writes() {
        return tools.stream().filter(CanonicalTool.Write.class::isInstance);
    }

    /** How many requests that may change something a write is made of when all goes well. */
    int steps(CanonicalTool<?, ?> tool) {
        return known.computeIfAbsent(tool, _ -> {
            var input = samples.of(tool);
            var before = ehr.writes().size();
            var _ = calls.write(tool, input, ContractCalls.newKey());
            return ehr.writes().size() - before;
        });
    }
}

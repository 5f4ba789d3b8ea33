package org.ehrhub.testkit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** Of the tools that the adapter has registered, in the catalogue's order. */
    static Bench of(ContractEhr ehr) {
        var calls = new ContractCalls(ehr);
        var handlers = ehr.adapter().handlers();
        var order = ToolCatalog.canonical().tools().stream().toList();
        List<CanonicalTool<?, ?>> tools = handlers.names().stream()
                .<CanonicalTool<?, ?>>map(
                        name -> handlers.find(name).orElseThrow().tool())
                .sorted(Comparator.comparingInt(order::indexOf))
                .toList();
        return new Bench(ehr, calls, new Samples(ehr, calls), tools, new HashMap<>());
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

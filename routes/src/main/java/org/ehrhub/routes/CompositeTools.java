package org.ehrhub.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Processor;
import org.ehrhub.tools.CanonicalTool;

/** The tools that routes publish with {@code from("tool:…")}. */
public final class CompositeTools {
    private final Map<String, Composite> byName = new ConcurrentHashMap<>();

    /**
     * A route that does a tool.
     *
     * @param needs the tools without which it can do nothing: where an EHR or a caller has them not, it is not offered
     */
    record Composite(Processor route, List<CanonicalTool<?, ?>> needs) {
        /** Takes a copy. */
        Composite {
            needs = List.copyOf(needs);
        }
    }

    void publish(CanonicalTool<?, ?> tool, Composite composite) {
        if (byName.putIfAbsent(tool.name(), composite) != null) {
            throw new IllegalStateException("Two routes publish " + tool.name());
        }
    }

    void withdraw(CanonicalTool<?, ?> tool) {
        byName.remove(tool.name());
    }

    Optional<Composite> find(CanonicalTool<?, ?> tool) {
        return Optional.ofNullable(byName.get(tool.name()));
    }
}

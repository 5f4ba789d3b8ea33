package org.ehrhub.routes;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Processor;
import org.ehrhub.tools.CanonicalTool;

/** The tools that routes publish with {@code from("tool:…")}. */
public final class CompositeTools {
    private final Map<String, Processor> byName = new ConcurrentHashMap<>();

    void publish(CanonicalTool<?, ?> tool, Processor route) {
        if (byName.putIfAbsent(tool.name(), route) != null) {
            throw new IllegalStateException("Two routes publish " + tool.name());
        }
    }

    void withdraw(CanonicalTool<?, ?> tool, Processor route) {
        byName.remove(tool.name(), route);
    }

    Optional<Processor> find(CanonicalTool<?, ?> tool) {
        return Optional.ofNullable(byName.get(tool.name()));
    }
}

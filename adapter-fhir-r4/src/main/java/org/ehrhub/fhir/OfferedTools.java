package org.ehrhub.fhir;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.fhir.client.ServerCapabilities;
import org.ehrhub.fhir.client.ServerCapabilities.Known;
import org.ehrhub.tools.Feature;
import org.jspecify.annotations.Nullable;

/** The tools of one server as far as it supports them; made anew whenever more is known of it. */
final class OfferedTools {
    /** What a feature rests on, beyond its tool: one of these parameters of a patient search. */
    private static final Map<Feature, Set<String>> SEARCHED_BY = Map.of(
            Feature.SEARCH_BY_PHONE, Set.of("phone", "telecom"),
            Feature.SEARCH_BY_IDENTIFIER, Set.of("identifier"));

    private final FhirTools tools;
    private final ToolHandlers all;
    private final ServerCapabilities capabilities;
    private final boolean narrowed;
    private final AtomicReference<@Nullable Offer> last = new AtomicReference<>();

    OfferedTools(FhirTools tools, ServerCapabilities capabilities, boolean narrowed) {
        this.tools = tools;
        this.all = tools.all();
        this.capabilities = capabilities;
        this.narrowed = narrowed;
    }

    private record Offer(Known known, ToolHandlers handlers) {}

    ToolHandlers now() {
        if (!narrowed) {
            return all;
        }
        var known = capabilities.known();
        var kept = last.get();
        if (kept == null || !kept.known().equals(known)) {
            kept = new Offer(known, tools.where(capabilities::unmet).lacking(missing()));
            last.set(kept);
        }
        return kept.handlers();
    }

    /** Reads what the server says of itself, where that is due; waits no longer than this. */
    void learn(Duration wait) {
        if (narrowed) {
            capabilities.learn(wait);
        }
    }

    private Set<Feature> missing() {
        var missing = EnumSet.noneOf(Feature.class);
        SEARCHED_BY.forEach((feature, parameters) -> {
            if (capabilities.lacksParameters("Patient", parameters)) {
                missing.add(feature);
            }
        });
        return missing;
    }
}

package org.ehrhub.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;

/**
 * When a chart is closed to callers who may use a tool, and who may open it all the same.
 *
 * @param breakGlass who may open closed charts
 * @param consents what patients' consents have to do with it, by EHR; nothing where an EHR is missing
 */
public record ChartRules(List<BreakGlass> breakGlass, Map<String, ConsentNeed> consents) {
    /** Closed charts stay closed, and consents are not asked for. */
    public static final ChartRules NONE = new ChartRules(List.of(), Map.of());

    /** Takes copies. */
    public ChartRules {
        breakGlass = List.copyOf(breakGlass);
        consents = Map.copyOf(consents);
    }

    /** The rule for a call, one by which the glass is broken before others. */
    Optional<Glass> glass(Caller caller, CanonicalTool<?, ?> tool, String ehr, Instant at) {
        return breakGlass.stream()
                .flatMap(rule -> rule.of(caller, tool, ehr, at).stream())
                .max(Comparator.comparing(Glass::broken));
    }

    /** What consents have to do with it on an EHR. */
    public ConsentNeed consent(String ehr) {
        return consents.getOrDefault(ehr, ConsentNeed.NONE);
    }
}

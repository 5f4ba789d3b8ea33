package org.ehrhub.policy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ehrhub.tools.Caller;

/**
 * When a rule applies, whatever the tool: to whom, where and when.
 *
 * @param roles one of these roles; {@code *} for every caller
 * @param ehrs on one of these EHRs
 * @param times at one of these times; none for always
 */
public record Condition(Set<String> roles, Set<String> ehrs, List<Hours> times) {
    private static final String EVERYONE = "*";

    /** Takes copies. */
    public Condition {
        roles = Set.copyOf(roles);
        ehrs = Set.copyOf(ehrs);
        times = List.copyOf(times);
    }

    boolean holds(Caller caller, String ehr, Instant at) {
        return ehrs.contains(ehr)
                && (roles.contains(EVERYONE) || caller.roles().stream().anyMatch(roles::contains))
                && (times.isEmpty() || times.stream().anyMatch(hours -> hours.hold(at)));
    }

    boolean isOnOneOf(Set<String> others) {
        return ehrs.stream().anyMatch(others::contains);
    }

    /** Whether it holds whenever another does. */
    boolean covers(Condition other) {
        return ehrs.containsAll(other.ehrs)
                && (roles.contains(EVERYONE) || roles.containsAll(other.roles))
                && times.isEmpty();
    }
}

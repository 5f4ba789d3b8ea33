package org.ehrhub.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.Sensitivity;

/**
 * Who may open a chart that is closed to them, by saying why. It allows no tool by itself: the tool must be allowed for the
 * charts that are open.
 *
 * @param line where the rule stands in its file
 * @param when to whom, where and when
 * @param tools the canonical names of the tools that read by it
 * @param purposes the purposes of use that the person may state
 * @param opens what is shown of the chart that would be hidden
 * @param lasts for how long after the person said so
 */
public record BreakGlass(
        int line, Condition when, Set<String> tools, Set<String> purposes, Set<Sensitivity> opens, Duration lasts) {
    /** Clocks of other machines may be so far ahead. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** Takes copies. */
    public BreakGlass {
        tools = Set.copyOf(tools);
        purposes = Set.copyOf(purposes);
        opens = Set.copyOf(opens);
    }

    /** Whether a grant allows any of its tools on any of its EHRs. */
    public boolean canUse(Policy.Grant grant) {
        return grant.tools().stream().anyMatch(tools::contains) && grant.when().isOnOneOf(when.ehrs());
    }

    /** What it says of a call; empty where it says nothing. */
    Optional<Glass> of(Caller caller, CanonicalTool<?, ?> tool, String ehr, Instant at) {
        return tool.risk() == Risk.READ && tools.contains(tool.name()) && when.holds(caller, ehr, at)
                ? Optional.of(new Glass(line, opens, isBroken(caller, ehr, at)))
                : Optional.empty();
    }

    private boolean isBroken(Caller caller, String ehr, Instant at) {
        var now = caller.emergency();
        return now != null
                && now.patient().ehr().equals(ehr)
                && purposes.contains(now.purpose())
                && !now.at().isAfter(at.plus(SKEW))
                && at.isBefore(now.at().plus(lasts));
    }
}

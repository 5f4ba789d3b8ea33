package org.ehrhub.policy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Sensitivity;
import org.jspecify.annotations.Nullable;

/**
 * What policy says of a tool, a caller and an EHR.
 *
 * @param allowed whether the caller may
 * @param line the line of the rule that decided, in the policy file; 0 where no rule did
 * @param why why not, in the hub's words; empty where it is allowed
 * @param withheld the groups of fields that the caller may not see
 * @param approval what approval a call needs
 * @param hidden why a record is not shown to the caller when it is sensitive
 * @param glass how the caller may open a chart that is closed; absent where that is not allowed
 */
public record Decision(
        boolean allowed,
        int line,
        String why,
        Set<FieldGroup> withheld,
        ApprovalNeed approval,
        Set<Sensitivity> hidden,
        @Nullable Glass glass) {
    /** Allows everything and withholds nothing: what a call that no other call makes is within. */
    public static final Decision OPEN = new Decision(true, 0, "", Set.of(), ApprovalNeed.NONE, Set.of(), null);

    /** Takes copies. */
    public Decision {
        withheld = Set.copyOf(withheld);
        hidden = Set.copyOf(hidden);
    }

    /** A decision that shows nothing sensitive. */
    public Decision(boolean allowed, int line, String why, Set<FieldGroup> withheld, ApprovalNeed approval) {
        this(allowed, line, why, withheld, approval, Set.of(Sensitivity.values()), null);
    }

    static Decision denied(int line, String why) {
        return new Decision(false, line, why, Set.of(FieldGroup.values()), ApprovalNeed.NONE);
    }

    /** The same with how the caller may open closed charts, where it is allowed at all. */
    Decision by(@Nullable Glass way) {
        return allowed ? new Decision(true, line, why, withheld, approval, hidden, way) : this;
    }

    /** Whether the caller has opened a closed chart by this call. */
    public boolean breaksGlass() {
        return glass != null && glass.broken();
    }

    /** The same, showing nothing that another decision does not show. */
    public Decision within(Decision around) {
        return withheld.containsAll(around.withheld) && hidden.containsAll(around.hidden)
                ? this
                : new Decision(
                        allowed,
                        line,
                        why,
                        both(withheld, around.withheld),
                        approval,
                        both(hidden, around.hidden),
                        glass);
    }

    private static <T> Set<T> both(Set<T> one, Set<T> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }
}

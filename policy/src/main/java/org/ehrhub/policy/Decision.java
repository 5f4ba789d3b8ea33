package org.ehrhub.policy;

import java.util.HashSet;
import java.util.Set;
import org.ehrhub.tools.FieldGroup;

/**
 * What policy says of a tool, a caller and an EHR.
 *
 * @param allowed whether the caller may
 * @param line the line of the rule that decided, in the policy file; 0 where no rule did
 * @param why why not, in the hub's words; empty where it is allowed
 * @param withheld the groups of fields that the caller may not see
 * @param approval what approval a call needs
 */
public record Decision(boolean allowed, int line, String why, Set<FieldGroup> withheld, ApprovalNeed approval) {
    /** Allows everything and withholds nothing: what a call that no other call makes is within. */
    public static final Decision OPEN = new Decision(true, 0, "", Set.of(), ApprovalNeed.NONE);

    /** Takes a copy. */
    public Decision {
        withheld = Set.copyOf(withheld);
    }

    static Decision denied(int line, String why) {
        return new Decision(false, line, why, Set.of(FieldGroup.values()), ApprovalNeed.NONE);
    }

    /** The same with these groups withheld as well. */
    public Decision without(Set<FieldGroup> more) {
        if (withheld.containsAll(more)) {
            return this;
        }
        var all = new HashSet<>(withheld);
        all.addAll(more);
        return new Decision(allowed, line, why, all, approval);
    }
}

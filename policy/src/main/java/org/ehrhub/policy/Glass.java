package org.ehrhub.policy;

import java.util.Set;
import org.ehrhub.tools.Sensitivity;

/**
 * What a rule of {@code break-glass} says of a call: that the caller may open a closed chart by it, and whether that was asked
 * for.
 *
 * @param line where the rule stands in its file
 * @param opens what is shown of the chart that would be hidden
 * @param broken whether the person said so, for a purpose of the rule and not too long ago
 */
public record Glass(int line, Set<Sensitivity> opens, boolean broken) {
    /** Takes a copy. */
    public Glass {
        opens = Set.copyOf(opens);
    }
}

package org.ehrhub.policy;

import java.util.Optional;

/** The policy that calls are held to: the last one that could be enforced. */
public interface PolicyInForce {
    /** The policy now. A call that has begun keeps the one it began with. */
    Policy now();

    /** Why the policy file as it is now is not in force, in the hub's words; empty when it is. */
    default Optional<String> problem() {
        return Optional.empty();
    }
}

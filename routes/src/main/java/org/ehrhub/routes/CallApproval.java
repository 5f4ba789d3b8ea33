package org.ehrhub.routes;

import java.time.Instant;
import org.ehrhub.policy.Approvals.State;
import org.ehrhub.routes.approvals.Preview;
import org.jspecify.annotations.Nullable;

/**
 * The approval of a call.
 *
 * @param id its id
 * @param state where it stood when the call met it; {@link State#USED} for one that the call is made under
 * @param expires until when it can be decided and used
 * @param shown what the caller may see of what a person is asked, where they have just been asked
 */
public record CallApproval(
        String id, State state, Instant expires, @Nullable Preview shown) {
    /** Whether the call is made under it. */
    public boolean isGiven() {
        return state == State.USED;
    }
}

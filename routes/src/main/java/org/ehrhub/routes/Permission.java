package org.ehrhub.routes;

import java.time.InstantSource;
import java.util.Optional;
import org.ehrhub.policy.Decision;
import org.ehrhub.policy.PolicyInForce;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;

/** Policy as calls meet it: one check for what is listed, for what {@code ehr.list} shows and for what is called. */
public final class Permission {
    private final PolicyInForce policies;
    private final InstantSource clock;

    /** Asks the policy that is in force by this clock. */
    public Permission(PolicyInForce policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** What policy says now. */
    public Decision decide(Caller caller, CanonicalTool<?, ?> tool, String ehr) {
        return policies.now().decide(caller, tool, ehr, clock.instant());
    }

    /** What policy says of a call, which keeps policy and time from its first question on. */
    public Decision decide(ToolCall call, String ehr) {
        if (!call.policy().isHeld()) {
            call.policy().held(new Held(policies.now(), clock.instant(), Decision.OPEN));
        }
        return call.decision(ehr);
    }

    /** Why the policy file as it is now is not in force, if it is not. */
    public Optional<String> problem() {
        return policies.problem();
    }
}

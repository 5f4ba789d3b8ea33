package org.ehrhub.routes.steps;

import org.ehrhub.policy.Policy;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;

/** Lets a call go on only where policy allows this caller this tool. */
public final class Authorise implements CallStep {
    private final Policy policy;

    /** Holds calls to this policy. */
    public Authorise(Policy policy) {
        this.policy = policy;
    }

    @Override
    public void apply(ToolCall call) {
        var caller = call.context().caller();
        var all =
                !call.ehrs().isEmpty() && call.ehrs().stream().allMatch(ehr -> policy.allows(caller, call.tool(), ehr));
        if (!all) {
            throw new CallRefused(
                    ErrorCode.DENIED,
                    "The hub's policy does not allow you " + call.tool().name() + " there",
                    "Do not try another way; ehr.list shows what you may do. Whoever runs the hub grants it in"
                            + " policy.yaml.");
        }
    }
}

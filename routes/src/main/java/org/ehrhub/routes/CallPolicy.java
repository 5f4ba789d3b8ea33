package org.ehrhub.routes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.Decision;
import org.jspecify.annotations.Nullable;

/** The policy that one call is held to from its first question on, and what it says of the call. */
public final class CallPolicy {
    private final ToolCall call;
    private final Map<String, Decision> decisions = new ConcurrentHashMap<>();
    private @Nullable Held held;

    CallPolicy(ToolCall call) {
        this.call = call;
    }

    /** Holds the call to a policy. */
    void held(Held to) {
        this.held = to;
    }

    boolean isHeld() {
        return held != null;
    }

    /** What the calls that this one makes on an EHR are held to. */
    Held heldWithin(String ehr) {
        return new Held(toPolicy().policy(), toPolicy().at(), decision(ehr));
    }

    private Held toPolicy() {
        if (held == null) {
            throw new IllegalStateException("Policy was not asked yet");
        }
        return held;
    }

    /** What policy says of this call on an EHR; of a step of a composite, nothing is shown that the composite would not show. */
    public Decision decision(String ehr) {
        return decisions.computeIfAbsent(
                ehr,
                name -> toPolicy()
                        .policy()
                        .decide(
                                call.context().caller(),
                                call.tool(),
                                name,
                                toPolicy().at())
                        .within(toPolicy().around()));
    }

    /** When policy holds charts for closed. */
    public ChartRules charts() {
        return toPolicy().policy().charts();
    }

    /** Whether the caller opens a closed chart by this call. */
    public boolean breaksGlass() {
        return held != null
                && call.ehrs().stream().anyMatch(ehr -> decision(ehr).breaksGlass());
    }

    /** What policy has said of this call on its EHRs so far; empty while it was not asked. */
    public Map<String, Decision> decided() {
        var so = new LinkedHashMap<>(decisions);
        so.keySet().retainAll(call.ehrs());
        return so;
    }

    /** The strictest approval that policy asks for on any of the EHRs. */
    public ApprovalNeed approval() {
        return held == null
                ? ApprovalNeed.NONE
                : call.ehrs().stream().map(ehr -> decision(ehr).approval()).reduce(ApprovalNeed.NONE, ApprovalNeed::or);
    }

    /** The approval that the composite around this call needed; what was approved there is approved here. */
    public ApprovalNeed approvalAround() {
        return held == null ? ApprovalNeed.NONE : held.around().approval();
    }
}

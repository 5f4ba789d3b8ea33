package org.ehrhub.routes.steps;

import org.ehrhub.policy.Approval;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.PolicyInForce;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.WriteInput;

/** Refuses a call that needs a person's approval and has none for exactly these arguments. */
public final class RequireApproval implements CallStep {
    private final PolicyInForce policies;
    private final Approval approval;

    /** Asks policy what needs approval, and {@code approval} whether it was given. */
    public RequireApproval(PolicyInForce policies, Approval approval) {
        this.policies = policies;
        this.approval = approval;
    }

    @Override
    public void apply(ToolCall call) {
        if (need(call) == ApprovalNeed.NONE || coveredByComposite(call)) {
            return;
        }
        var approvalId = call.input() instanceof WriteInput write ? write.approvalId() : null;
        if (!approval.covers(call.context().caller(), call.tool(), call.digest(), approvalId)) {
            throw new CallRefused(
                    ErrorCode.APPROVAL_REQUIRED,
                    call.tool().name() + " needs a person's approval, and this call has none",
                    "Nothing was sent. Tell the user; whoever runs the hub decides in policy.yaml what needs approval.");
        }
        call.approvedUnder(approvalId);
    }

    private ApprovalNeed need(ToolCall call) {
        return policies.now().approval(call.tool()).or(call.approval());
    }

    /** A step of a composite is approved with it, where the composite itself needed approval. */
    private boolean coveredByComposite(ToolCall call) {
        var composite = call.within();
        return composite != null
                && policies.now().approval(composite).or(call.approvalAround()).covers(need(call));
    }
}

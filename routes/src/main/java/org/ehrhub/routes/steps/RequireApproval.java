package org.ehrhub.routes.steps;

import org.ehrhub.policy.Approval;
import org.ehrhub.policy.Policy;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.WriteInput;

/** Refuses a call that needs a person's approval and has none for exactly these arguments. */
public final class RequireApproval implements CallStep {
    private final Policy policy;
    private final Approval approval;

    /** Asks policy what needs approval, and {@code approval} whether it was given. */
    public RequireApproval(Policy policy, Approval approval) {
        this.policy = policy;
        this.approval = approval;
    }

    @Override
    public void apply(ToolCall call) {
        if (!policy.needsApproval(call.tool()) || coveredByComposite(call)) {
            return;
        }
        var approvalId = call.input() instanceof WriteInput write ? write.approvalId() : null;
        if (!approval.covers(call.context().caller(), call.tool(), call.digest(), approvalId)) {
            throw new CallRefused(
                    ErrorCode.APPROVAL_REQUIRED,
                    call.tool().name() + " needs a person's approval, and this call has none",
                    "Nothing was sent. Tell the user; whoever runs the hub decides in policy.yaml what needs approval.");
        }
    }

    /** A step of a composite is approved with it, where the composite itself needed approval. */
    private boolean coveredByComposite(ToolCall call) {
        var composite = call.within();
        return composite != null && policy.needsApproval(composite);
    }
}

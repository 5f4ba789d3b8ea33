package org.ehrhub.routes;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.Approvals.Held;
import org.ehrhub.routes.approvals.VisibleText;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.approvals.ApprovalState;
import org.ehrhub.tools.approvals.ApprovalStatus;

/** What {@code approval.status} says: where an approval stands, told to nobody but the principal who asked for it. */
public final class ApprovalStanding {
    private final Approvals approvals;
    private final InstantSource clock;

    /** Looks in these approvals. */
    public ApprovalStanding(Approvals approvals, InstantSource clock) {
        this.approvals = approvals;
        this.clock = clock;
    }

    ToolResult<ApprovalState> of(ApprovalStatus asked, Caller caller) {
        return approvals
                .find(asked.approvalId())
                .filter(held -> held.question().principal().equals(caller.principal()))
                .<ToolResult<ApprovalState>>map(
                        held -> new ToolResult.Ok<>(state(held), new Provenance("hub", clock.instant(), null)))
                .orElseGet(
                        () -> ToolResult.failed(
                                ErrorCode.NOT_FOUND,
                                "`approvalId` is none that you were given",
                                "Use the approvalId of the call's own answer; approvals are forgotten two days after their time."));
    }

    private static ApprovalState state(Held held) {
        var reason = held.reason();
        return new ApprovalState(
                held.id(),
                switch (held.state()) {
                    case ASKED -> "waiting";
                    case APPROVED -> "approved";
                    case REJECTED -> "rejected";
                    case USED -> "used";
                    case EXPIRED -> "expired";
                },
                held.question().tool(),
                held.question().expires().truncatedTo(ChronoUnit.SECONDS).toString(),
                reason == null ? null : VisibleText.of(reason));
    }
}

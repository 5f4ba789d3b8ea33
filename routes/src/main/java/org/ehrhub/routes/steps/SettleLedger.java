package org.ehrhub.routes.steps;

import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.Faults;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Tells the ledger what became of a write that it let through. One whose handler has not returned yet stays under way there
 * until it has, so that nobody looks too early, finds nothing and writes again.
 */
public final class SettleLedger implements CallStep {
    private final IdempotencyLedger ledger;

    /** Settles in this ledger. */
    public SettleLedger(IdempotencyLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void apply(ToolCall call) {
        if (!call.claimed()) {
            return;
        }
        var outcome = outcome(call);
        var unfinished = call.unfinished();
        if (outcome == Outcome.UNKNOWN && unfinished != null) {
            unfinished.handle((result, fault) -> settleLate(call, result)).exceptionally(fault -> logged(call, fault));
        } else {
            ledger.settle(call.context().writeKey(), outcome);
        }
    }

    /** Only a success is believed of a handler that was interrupted. */
    private Outcome settleLate(ToolCall call, @Nullable ToolResult<?> result) {
        var outcome = result instanceof ToolResult.Ok<?> ? Outcome.DONE : Outcome.UNKNOWN;
        ledger.settle(call.context().writeKey(), outcome);
        return outcome;
    }

    private static Outcome logged(ToolCall call, Throwable fault) {
        Faults.log(call.context(), fault);
        return Outcome.UNKNOWN;
    }

    private static Outcome outcome(ToolCall call) {
        return call.results().values().stream()
                .findFirst()
                .map(SettleLedger::outcome)
                .orElseGet(() -> withoutResult(call));
    }

    /** It was refused before it was sent; or it is as unknown as before, because the EHR could not be asked about it. */
    private static Outcome withoutResult(ToolCall call) {
        var failure = call.failure();
        var unknown =
                call.sent() || call.unknownBefore() || (failure != null && failure.code() == ErrorCode.OUTCOME_UNKNOWN);
        return unknown ? Outcome.UNKNOWN : Outcome.NOT_DONE;
    }

    private static Outcome outcome(ToolResult<?> result) {
        return switch (result) {
            case ToolResult.Ok<?> ok -> Outcome.DONE;
            case ToolResult.Pending<?> pending -> Outcome.UNKNOWN;
            case ToolResult.Failed<?> failed ->
                failed.code() == ErrorCode.OUTCOME_UNKNOWN || failed.code() == ErrorCode.INTERNAL
                        ? Outcome.UNKNOWN
                        : Outcome.NOT_DONE;
        };
    }
}

package org.ehrhub.routes.steps;

import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/** Tells the ledger what became of a write that it let through. */
public final class SettleLedger implements CallStep {
    private final IdempotencyLedger ledger;

    /** Settles in this ledger. */
    public SettleLedger(IdempotencyLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void apply(ToolCall call) {
        if (call.claimed()) {
            ledger.settle(call.context().writeKey(), outcome(call));
        }
    }

    private static Outcome outcome(ToolCall call) {
        return call.results().values().stream()
                .findFirst()
                .map(SettleLedger::outcome)
                .orElse(Outcome.NOT_DONE); // it was refused before it was sent
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

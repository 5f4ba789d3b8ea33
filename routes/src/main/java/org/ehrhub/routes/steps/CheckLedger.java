package org.ehrhub.routes.steps;

import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.WriteInput;

/** Lets a write go on at most once per idempotency key; a repeated call is answered with what the first one did. */
public final class CheckLedger implements CallStep {
    private final IdempotencyLedger ledger;
    private final Reconciler reconciler;

    /** Checks this ledger and, where it is not sure, the EHR. */
    public CheckLedger(IdempotencyLedger ledger, Reconciler reconciler) {
        this.ledger = ledger;
        this.reconciler = reconciler;
    }

    @Override
    public void apply(ToolCall call) {
        if (!(call.input() instanceof WriteInput write)) {
            return;
        }
        var context = call.context();
        var ehr = call.ehrs().getFirst();
        var key = IdempotencyLedger.key(
                context.caller().subject(), call.tool().name(), ehr, write.idempotencyKey(), context.callId());
        call.context(context.writing(key));
        if (write.idempotencyKey() == null) {
            return;
        }
        switch (ledger.claim(key, call.digest())) {
            case NEW -> call.claimed(true);
            case DONE -> answerAgain(call, ehr);
            case UNKNOWN -> lookFirst(call, ehr, key);
            case RUNNING ->
                throw new CallRefused(
                        ErrorCode.CONFLICT,
                        "A call with this idempotencyKey is still running",
                        "Wait for it, then call again with the same key and arguments to get its answer.");
            case OTHER_ARGUMENTS ->
                throw new CallRefused(
                        ErrorCode.CONFLICT,
                        "This idempotencyKey was used with other arguments",
                        "Use a new key for a new write; nothing was sent.");
        }
    }

    private void answerAgain(ToolCall call, String ehr) {
        var found = reconciler.lookUp(call, ehr);
        if (found.isEmpty()) {
            throw new CallRefused(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "This write was done before under the same idempotencyKey, but the EHR does not show it now",
                    "Look in the EHR before you write again; a new attempt needs a new key.");
        }
        call.results().put(ehr, found.get());
        call.warnings()
                .add("This is the answer to an earlier call with the same idempotencyKey; nothing was written"
                        + " again.");
    }

    private void lookFirst(ToolCall call, String ehr, String key) {
        var found = reconciler.lookUp(call, ehr);
        if (found.isEmpty()) {
            call.claimed(true);
            return;
        }
        ledger.settle(key, Outcome.DONE);
        call.results().put(ehr, found.get());
        call.warnings().add("An earlier call with the same idempotencyKey had done this; nothing was written again.");
    }
}

package org.ehrhub.routes.steps;

import java.util.Optional;
import java.util.function.Predicate;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.IdempotencyLedger.Claim;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** Lets a write go on at most once per idempotency key; a repeated call is answered with what the first one did. */
public final class CheckLedger implements CallStep {
    private final IdempotencyLedger ledger;
    private final Reconciler reconciler;
    private final Predicate<CanonicalTool<?, ?>> isComposite;

    /**
     * Checks this ledger and, where it is not sure, the EHR.
     *
     * @param isComposite whether a route does the tool: it may run again, because each of its writes has a key of its own
     */
    public CheckLedger(IdempotencyLedger ledger, Reconciler reconciler, Predicate<CanonicalTool<?, ?>> isComposite) {
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.isComposite = isComposite;
    }

    @Override
    public void apply(ToolCall call) {
        if (!(call.input() instanceof WriteInput write)) {
            return;
        }
        var context = call.context();
        var ehr = call.ehrs().getFirst();
        var own = ownKey(write);
        var key =
                IdempotencyLedger.key(context.caller().principal(), call.tool().name(), ehr, own, context.callId());
        call.context(context.writing(key));
        if (own == null) {
            return;
        }
        switch (ledger.claim(key, call.digest())) {
            case NEW -> call.claimed(Claim.NEW);
            case DONE -> {
                if (!isComposite.test(call.tool())) {
                    answerAgain(call, ehr);
                }
            }
            case UNKNOWN -> {
                call.claimed(Claim.UNKNOWN);
                if (!isComposite.test(call.tool())) {
                    lookFirst(call, ehr);
                }
            }
            case RUNNING ->
                throw new CallRefused(
                        ErrorCode.CONFLICT,
                        "A call with this idempotencyKey is still running",
                        "Wait for it, then call again with the same key and arguments to get its answer.");
            case OTHER_ARGUMENTS ->
                throw new CallRefused(
                        ErrorCode.CONFLICT,
                        "This idempotencyKey, or approvalId, was used with other arguments",
                        "Use a new key for a new write; nothing was sent.");
        }
    }

    /** An approval lets one write through, so it is that write's key where the caller gave none. */
    private static @Nullable String ownKey(WriteInput write) {
        return write.idempotencyKey() == null && write.approvalId() != null
                ? "approval " + write.approvalId()
                : write.idempotencyKey();
    }

    private void answerAgain(ToolCall call, String ehr) {
        var found = doneBefore(call, ehr)
                .orElseThrow(() -> new CallRefused(
                        ErrorCode.CONFLICT,
                        "This write was done before under the same idempotencyKey, but the EHR does not show it now",
                        "Look in the EHR before you write again; a new attempt needs a new key."));
        call.results().put(ehr, found);
        call.warnings()
                .add("This is the answer to an earlier call with the same idempotencyKey; nothing was written"
                        + " again.");
    }

    private Optional<ToolResult.Ok<Record>> doneBefore(ToolCall call, String ehr) {
        try {
            return reconciler.lookUp(call, ehr);
        } catch (CallRefused e) {
            throw new CallRefused(
                    ErrorCode.EHR_UNAVAILABLE,
                    "This write was done before under the same idempotencyKey, but `" + ehr
                            + "` could not be asked for it just now",
                    "Nothing was written again. Call again later with the same key, or look for it with the tools that"
                            + " read.");
        }
    }

    private void lookFirst(ToolCall call, String ehr) {
        reconciler.lookUp(call, ehr).ifPresent(found -> {
            call.results().put(ehr, found);
            call.warnings()
                    .add("An earlier call with the same idempotencyKey had done this; nothing was written again.");
        });
    }
}

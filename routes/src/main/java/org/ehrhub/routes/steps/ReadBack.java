package org.ehrhub.routes.steps;

import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;

/**
 * Looks a write up in the EHR by the hub's key: one whose outcome is not known may turn out done, and one that was confirmed
 * is answered as the EHR now holds it.
 */
public final class ReadBack implements CallStep {
    private final Reconciler reconciler;

    /** Looks up with this. */
    public ReadBack(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    @Override
    public void apply(ToolCall call) {
        if (call.tool().risk() == Risk.READ || !call.sent()) {
            return;
        }
        call.results().replaceAll((ehr, result) -> switch (result) {
            case ToolResult.Ok<?> done when reconciler.canLookUp(call, ehr) -> shown(call, ehr, done);
            case ToolResult.Failed<?> failed
            when failed.code() == ErrorCode.OUTCOME_UNKNOWN && reconciler.canLookUp(call, ehr) ->
                found(call, ehr, failed);
            default -> result;
        });
    }

    private ToolResult<?> shown(ToolCall call, String ehr, ToolResult.Ok<?> done) {
        try {
            var seen = reconciler.lookUp(call, ehr);
            if (seen.isPresent()) {
                return seen.get().value().equals(done.value())
                        ? done
                        : new ToolResult.Ok<>(seen.get().value(), seen.get().from(), done.warnings());
            }
        } catch (CallRefused e) {
            // the write itself was confirmed; only the second look failed, and the warning says so
        }
        call.warnings()
                .add("The EHR confirmed the write, but the hub could not find it again just now; check it before you"
                        + " rely on it.");
        return done;
    }

    private ToolResult<?> found(ToolCall call, String ehr, ToolResult.Failed<?> unknown) {
        try {
            return reconciler.lookUp(call, ehr).<ToolResult<?>>map(seen -> seen).orElse(unknown);
        } catch (CallRefused e) {
            return unknown;
        }
    }
}

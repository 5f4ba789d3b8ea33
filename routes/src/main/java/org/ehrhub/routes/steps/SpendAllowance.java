package org.ehrhub.routes.steps;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.limits.Allowance;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.ehrs.EhrTools;

/**
 * Lets a call go on while something is left of the day's writes or rows. A write is counted when it is about to be sent, so not
 * when the ledger answers for it; a composite's own call counts nothing, because its steps do.
 */
public final class SpendAllowance implements CallStep {
    private final Allowance allowance;
    private final Predicate<CanonicalTool<?, ?>> isComposite;

    /** Spends of this. */
    public SpendAllowance(Allowance allowance, Predicate<CanonicalTool<?, ?>> isComposite) {
        this.allowance = allowance;
        this.isComposite = isComposite;
    }

    @Override
    public void apply(ToolCall call) {
        if (call.settled() || !counts(call)) {
            return;
        }
        var principal = call.context().caller().principal();
        if (call.tool().risk() == Risk.READ) {
            allowance.read(principal, call.ehrs());
        } else {
            call.counted(allowance.write(principal, call.ehrs().getFirst()));
        }
    }

    /** The step after the call: gives back what was not sent, and counts what is shown. */
    public CallStep settle() {
        return call -> {
            var counted = call.counted();
            if (counted != null && !reached(call)) {
                allowance.notSent(counted);
            }
            if (counts(call) && call.tool().risk() == Risk.READ) {
                allowance.shown(call.context().caller().principal(), shown(call));
            }
        };
    }

    private boolean counts(ToolCall call) {
        return !call.tool().equals(EhrTools.LIST) && !isComposite.test(call.tool());
    }

    /** Both codes say that nothing was changed: the hub's own limits kept it back, or the EHR could not be reached. */
    private static boolean reached(ToolCall call) {
        return call.sent()
                && call.results().values().stream()
                        .noneMatch(result -> result instanceof ToolResult.Failed<?> failed
                                && (failed.code() == ErrorCode.RATE_LIMITED
                                        || failed.code() == ErrorCode.EHR_UNAVAILABLE));
    }

    private static Map<String, Integer> shown(ToolCall call) {
        if (!(call.outcome() instanceof ToolResult.Ok<?> ok)) {
            return Map.of();
        }
        return ok.value() instanceof ListAnswer<?> list
                ? list.sources().stream()
                        .collect(Collectors.toMap(ListAnswer.Source::ehr, ListAnswer.Source::returned, Integer::sum))
                : Map.of(ok.from().ehr(), 1);
    }
}

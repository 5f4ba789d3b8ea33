package org.ehrhub.routes.steps;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.CallWatch;
import org.ehrhub.routes.ToolCall;

/** Tells whoever watches how a call ended. */
public final class TellWatch implements CallStep {
    private final CallWatch watch;

    /** Tells this one. */
    public TellWatch(CallWatch watch) {
        this.watch = watch;
    }

    @Override
    public void apply(ToolCall call) {
        watch.ended(new CallWatch.Ended(
                call.tool().name(),
                outcomes(call),
                call.elapsed(),
                call.context().trace()));
    }

    private static Map<String, String> outcomes(ToolCall call) {
        var failure = call.failure();
        if (call.results().isEmpty() || failure != null) {
            return Map.of("", failure == null ? "ok" : failure.code().name());
        }
        var outcomes = new LinkedHashMap<String, String>();
        call.results().forEach((ehr, result) -> outcomes.put(ehr, AuditOutcome.outcome(result)));
        return outcomes;
    }
}

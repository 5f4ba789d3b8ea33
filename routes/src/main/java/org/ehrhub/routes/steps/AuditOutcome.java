package org.ehrhub.routes.steps;

import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;

/** Keeps an audit record of every call before its answer leaves. */
public final class AuditOutcome implements CallStep {
    private final AuditTrail audit;
    private final InstantSource clock;

    /** Records in this trail. */
    public AuditOutcome(AuditTrail audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void apply(ToolCall call) {
        var stage = call.tool().risk() == Risk.READ ? Stage.READ : Stage.AFTER_WRITE;
        audit.keep(record(call, clock.instant(), stage, outcome(call)));
    }

    static AuditTrail.Record record(ToolCall call, Instant at, Stage stage, String outcome) {
        var context = call.context();
        return new AuditTrail.Record(
                at,
                context.callId(),
                stage,
                context.caller().subject(),
                call.tool().name(),
                call.ehrs(),
                references(call),
                outcome);
    }

    private static String outcome(ToolCall call) {
        return call.failure() != null
                ? call.failure().code().name()
                : call.results().entrySet().stream()
                        .map(e -> e.getKey() + "=" + outcome(e.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private static String outcome(ToolResult<?> result) {
        return switch (result) {
            case ToolResult.Ok<?> ok -> "ok";
            case ToolResult.Pending<?> pending -> "pending";
            case ToolResult.Failed<?> failed -> failed.code().name();
        };
    }

    private static String references(ToolCall call) {
        var asked = call.hasInput() ? Arguments.references(call.input()).stream() : Stream.<Arguments.Named>empty();
        var written = call.results().values().stream()
                .flatMap(result -> result instanceof ToolResult.Ok<?> ok
                        ? Arguments.references(ok.value()).stream()
                        : Stream.empty());
        return Stream.concat(asked, written)
                .map(Arguments.Named::text)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}

package org.ehrhub.routes.steps;

import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.PatientRow;
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

    static AuditTrail.Entry record(ToolCall call, Instant at, Stage stage, String outcome) {
        var context = call.context();
        return new AuditTrail.Entry(
                at,
                context.callId(),
                stage,
                context.caller().acting(),
                call.tool().name(),
                call.ehrs(),
                references(call),
                outcome,
                CallCircumstances.of(call));
    }

    private static String outcome(ToolCall call) {
        return call.failure() != null
                ? call.failure().code().name()
                : call.results().entrySet().stream()
                        .map(e -> e.getKey() + "=" + outcome(e.getValue()))
                        .collect(Collectors.joining(" "));
    }

    static String outcome(ToolResult<?> result) {
        return switch (result) {
            case ToolResult.Ok<?> ok -> "ok";
            case ToolResult.Pending<?> pending -> "pending";
            case ToolResult.Failed<?> failed -> failed.code().name();
        };
    }

    /** What the answer shows, and whose it is: of a list, each row's own record, because a search opens a chart as much as a read does. */
    private static Stream<Arguments.Named> shown(ToolCall call) {
        return call.outcome() instanceof ToolResult.Ok<?> ok
                ? (ok.value() instanceof ListAnswer<?> list ? list.items().stream() : Stream.of(ok.value()))
                        .flatMap(row -> Stream.concat(Arguments.references(row).stream(), owner(row)))
                : Stream.empty();
    }

    private static Stream<Arguments.Named> owner(Record row) {
        var patient = row instanceof PatientRow owned ? owned.subject() : null;
        return patient == null
                ? Stream.empty()
                : Stream.of(new Arguments.Named("patient", patient.ehr(), patient.toString()));
    }

    private static String references(ToolCall call) {
        var asked = call.hasInput() ? Arguments.references(call.input()).stream() : Stream.<Arguments.Named>empty();
        return Stream.concat(asked, shown(call))
                .map(Arguments.Named::text)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}

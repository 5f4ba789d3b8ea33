package org.ehrhub.routes.steps;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.Decision;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** What an audit record says around a call; what nobody said is left open. */
final class CallCircumstances {
    private CallCircumstances() {}

    static Circumstances of(ToolCall call) {
        var caller = call.context().caller();
        return new Circumstances(
                caller.onBehalfOf().orElse(null),
                caller.client(),
                caller.purpose(),
                decision(call),
                rule(call.policy().decided()),
                approval(call),
                downstream(call),
                call.elapsed(),
                call.context().trace().traceId());
    }

    private static @Nullable String approval(ToolCall call) {
        var approval = call.approvalOrNull();
        return approval == null ? null : approval.id();
    }

    /** A step that denies a call may know more than the rules: whose chart it is, say. */
    private static @Nullable String decision(ToolCall call) {
        var failure = call.failure();
        if (!call.sent() && failure != null && failure.code() == ErrorCode.DENIED) {
            return "denied";
        }
        return call.policy().decided().isEmpty() ? null : "allowed";
    }

    /** The line of the policy file, or of each EHR its own. */
    private static @Nullable String rule(Map<String, Decision> decided) {
        var lines = decided.values().stream()
                .map(Decision::line)
                .filter(line -> line > 0)
                .distinct()
                .toList();
        return switch (lines.size()) {
            case 0 -> null;
            case 1 -> "line " + lines.getFirst();
            default ->
                decided.entrySet().stream()
                        .map(one -> one.getKey() + " line " + one.getValue().line())
                        .sorted()
                        .collect(Collectors.joining(", "));
        };
    }

    private static @Nullable String downstream(ToolCall call) {
        var asked = call.ehrs().stream()
                .map(ehr -> Map.entry(ehr, asked(call, ehr)))
                .filter(one -> !one.getValue().isEmpty())
                .toList();
        if (asked.isEmpty()) {
            return null;
        }
        return call.ehrs().size() == 1
                ? String.join(" ", asked.getFirst().getValue())
                : asked.stream()
                        .map(one -> one.getKey() + " " + String.join(" ", one.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static List<String> asked(ToolCall call, String ehr) {
        return Stream.concat(
                        call.context().downstream().of(ehr).stream(),
                        Stream.ofNullable(version(call.results().get(ehr))))
                .toList();
    }

    private static @Nullable String version(@Nullable ToolResult<?> result) {
        return result instanceof ToolResult.Ok<?> ok && ok.from().version() != null
                ? "version " + ok.from().version()
                : null;
    }
}

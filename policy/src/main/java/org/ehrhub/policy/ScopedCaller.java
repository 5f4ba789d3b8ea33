package org.ehrhub.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;

/** A caller as its token's SMART scopes describe it. */
final class ScopedCaller {
    private ScopedCaller() {}

    /**
     * Whether a tool is permitted by a rule's scopes and by the token's, both of one level: a token for users says nothing of
     * what a rule for systems allows. Scopes for patients are worth nothing without a patient in context.
     */
    static boolean mayUse(Caller caller, CanonicalTool<?, ?> tool, List<SmartScope> rule) {
        var held = caller.scopes().stream()
                .map(SmartScope::parse)
                .flatMap(Optional::stream)
                .toList();
        return Stream.of(SmartScope.PATIENT, "user", "system")
                .filter(level ->
                        !level.equals(SmartScope.PATIENT) || !caller.patients().isEmpty())
                .anyMatch(level -> ToolScopes.permit(of(level, rule), tool)
                        && ToolScopes.permit(of(level, held), tool)
                        && !of(level, rule).isEmpty()
                        && !of(level, held).isEmpty());
    }

    private static List<SmartScope> of(String level, List<SmartScope> scopes) {
        return scopes.stream().filter(scope -> scope.level().equals(level)).toList();
    }
}

package org.ehrhub.routes;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.BreakGlass;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.GuardedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;

/** Policies over an EHR that labels what it holds. */
final class GuardedHub {
    static final Set<String> READS = ToolCatalog.canonical().tools().stream()
            .filter(tool -> tool.risk() == Risk.READ)
            .map(CanonicalTool::name)
            .collect(Collectors.toSet());

    private GuardedHub() {}

    static TestHub start(GuardedEhr ehr, ChartRules charts, Sensitivity... shown) throws Exception {
        var policy = new Policy(List.of(grant(shown)), List.of(), Set.of(), Set.of(), charts, List.of());
        return TestHub.of(ehr.entry()).with(policy).start();
    }

    static Grant grant(Sensitivity... shown) {
        var tools = EnumSet.noneOf(Sensitivity.class);
        tools.addAll(Arrays.asList(shown));
        var names = new HashSet<>(READS);
        names.addAll(List.of("task.create", "task.update", "referral.submit", "fhir.write", "fhir.transaction"));
        return new Grant(
                3,
                on("nurse"),
                names,
                List.of(),
                Set.of(FieldGroup.values()),
                false,
                Set.of(),
                ApprovalNeed.NONE,
                tools);
    }

    static ChartRules glass() {
        return new ChartRules(
                List.of(new BreakGlass(
                        7,
                        on("nurse"),
                        Set.of("condition.list", "patient.get", "patient.search", "document.get", "fhir.query"),
                        Set.of("BTG", "ETREAT"),
                        Set.of(Sensitivity.RESTRICTED, Sensitivity.VERY_RESTRICTED),
                        Duration.ofMinutes(15))),
                Map.of());
    }

    static Condition on(String role) {
        return new Condition(Set.of(role), Set.of("alpha"), List.of());
    }

    static String chart(String id) {
        return "{'patient':'alpha/Patient/%s'}".formatted(id);
    }
}

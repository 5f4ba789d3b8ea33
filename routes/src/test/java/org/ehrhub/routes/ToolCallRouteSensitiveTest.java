package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.adapters.ChartAccess.Consent;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.policy.BreakGlass;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.ConsentNeed;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Denial;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.GuardedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Emergency;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.Test;

/** What callers see of an EHR that labels its records and restricts charts, and who opens them all the same. */
class ToolCallRouteSensitiveTest {
    private static final Set<String> READS = ToolCatalog.canonical().tools().stream()
            .filter(tool -> tool.risk() == Risk.READ)
            .map(CanonicalTool::name)
            .collect(Collectors.toSet());
    private static final Caller BOUND = bound(GuardedEhr.OPEN);
    private static final String CHART = "{'patient':'alpha/Patient/%s'}";

    private final GuardedEhr ehr = new GuardedEhr();

    @Test
    void aPolicyThatSaysNothingOfItShowsNothingSensitive() throws Exception {
        try (var hub = start(ChartRules.NONE)) {
            for (var tool : READS) {
                var answer = hub.call(tool, arguments(tool));
                assertThat(answer.text()).as(tool).doesNotContain("HIDDEN");
            }
            var rows = hub.call("condition.list", chart("open"));
            assertThat(rows.text()).contains("MARK.CLINICAL");
            assertThat(rows.json().get("warnings").toString())
                    .contains("alpha: 9 rows withheld: sensitive.", "1 rows of other patients");
            var summary = hub.call("patient.summary", chart("open"));
            assertThat(summary.text()).contains("MARK.CLINICAL", "rows withheld: sensitive");
        }
    }

    @Test
    void showsWhatTheRulesOfTheCallersRolesNameAndNoMore() throws Exception {
        try (var hub = start(ChartRules.NONE, Sensitivity.HIV)) {
            assertThat(hub.call("condition.list", chart("open")).text())
                    .contains("HIDDEN_HIV")
                    .doesNotContain("HIDDEN_MENTAL_HEALTH", "HIDDEN_RESTRICTED", "HIDDEN_OTHER");
        }
    }

    @Test
    void aDenialHidesWhatOthersShow() throws Exception {
        var denial = new Denial(9, on("*"), READS, Set.of(), Set.of(), Set.of(Sensitivity.HIV));
        var policy = new Policy(List.of(grant(Sensitivity.values())), List.of(denial), Set.of(), Set.of());
        try (var hub = TestHub.of(ehr.entry()).with(policy).start()) {
            assertThat(hub.call("condition.list", chart("open")).text())
                    .contains("HIDDEN_MENTAL_HEALTH", "HIDDEN_RESTRICTED")
                    .doesNotContain("HIDDEN_HIV");
        }
    }

    @Test
    void aRestrictedChartIsAnsweredAsOneThatDoesNotExist() throws Exception {
        try (var hub = start(ChartRules.NONE)) {
            for (var tool : List.of("patient.get", "patient.summary", "condition.list", "document.search", "fetch")) {
                var argument = tool.equals("fetch") ? "{'id':'alpha/Patient/%s'}" : CHART;
                var closed = hub.call(tool, argument.formatted("closed"));
                var absent = hub.call(tool, argument.formatted("absent"));

                assertThat(code(closed)).as(tool).isEqualTo("NOT_FOUND");
                assertThat(withoutCallId(closed)).as(tool).isEqualTo(withoutCallId(absent));
            }
        }
    }

    @Test
    void aSearchForAPersonSaysTheSameWhetherAChartIsRestrictedOrNot() throws Exception {
        try (var hub = start(ChartRules.NONE)) {
            var found = hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}");

            assertThat(found.json().get("returned").intValue()).isEqualTo(1);
            assertThat(found.json().at("/sources/0/total").intValue()).isEqualTo(1);
            assertThat(found.text()).doesNotContain("withheld: sensitive", "closed");
        }
    }

    @Test
    void nothingIsWrittenToAChartThatIsClosed() throws Exception {
        try (var hub = start(ChartRules.NONE)) {
            assertThat(code(hub.call("task.create", "{'patient':'alpha/Patient/closed','title':'t'}")))
                    .isEqualTo("NOT_FOUND");
            assertThat(ehr.asked()).containsExactly("chart closed");
        }
    }

    @Test
    void whoMayBreakTheGlassIsToldThatAChartIsRestrictedAndHowItIsOpened() throws Exception {
        try (var hub = start(glass())) {
            var refused = hub.call("condition.list", chart("closed"));
            var found = hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}");

            assertThat(code(refused)).isEqualTo("DENIED");
            assertThat(refused.text()).contains("break-glass").doesNotContain("HIDDEN");
            assertThat(found.json().get("warnings").toString())
                    .contains(
                            "1 row withheld: sensitive (alpha/Patient/closed; a person can open them by break-glass).");
        }
    }

    @Test
    void brokenGlassOpensOneChartIsRecordedFirstAndSaidAloud() throws Exception {
        try (var hub = start(glass());
                var log = new CapturedLog()) {
            var answer = hub.call(emergency(TestHub.NURSE, GuardedEhr.CLOSED), "condition.list", chart("closed"));

            assertThat(answer.text()).contains("HIDDEN_CLOSED").doesNotContain("HIDDEN_HIV");
            assertThat(answer.json().get("warnings").toString()).contains("break-glass");
            assertThat(answer.text()).doesNotContain("unconscious");
            var before = hub.trail().records().getFirst();
            assertThat(before.stage()).isEqualTo(Stage.BREAK_GLASS);
            assertThat(before.reference()).isEqualTo("alpha/Patient/closed");
            assertThat(before.circumstances().purpose()).isEqualTo("BTG");
            assertThat(before.circumstances().decision()).isEqualTo("break-glass: found unconscious at home");
            assertThat(before.circumstances().rule()).isEqualTo("policy.yaml:7");
            assertThat(log.text()).contains("WARN BREAK GLASS").doesNotContain("unconscious", "Patient/", "ann");
        }
    }

    @Test
    void aChartIsNotOpenedWhereThatCannotBeRecorded() throws Exception {
        try (var hub = start(glass())) {
            hub.trail().breakAt(Stage.BREAK_GLASS);

            var answer = hub.call(emergency(TestHub.NURSE, GuardedEhr.CLOSED), "condition.list", chart("closed"));

            assertThat(answer.failed()).isTrue();
            assertThat(ehr.asked()).isEmpty();
        }
    }

    @Test
    void brokenGlassReachesAPatientOutsideTheBindingAndNobodyElse() throws Exception {
        try (var hub = start(glass())) {
            var caller = emergency(BOUND, GuardedEhr.OTHER);

            assertThat(code(hub.call(BOUND, "condition.list", chart("other")))).isEqualTo("DENIED");
            assertThat(hub.call(caller, "condition.list", chart("other")).text())
                    .contains("FOREIGN");
            assertThat(code(hub.call(caller, "condition.list", chart("third")))).isEqualTo("INVALID_INPUT");
            assertThat(code(hub.call(caller, "condition.list", chart("open"))))
                    .as("the glass is broken for one chart at a time")
                    .isEqualTo("INVALID_INPUT");
            assertThat(code(hub.call(caller, "fhir.query", "{'ehr':'alpha','path':'Patient/other'}")))
                    .isEqualTo("DENIED");
        }
    }

    @Test
    void glassIsNotBrokenByAnybodyElseOrElsewhereOrLaterOrForAnotherPurposeOrToWrite() throws Exception {
        var now = Instant.now();
        try (var hub = start(glass())) {
            var doctor = new Caller("dan", Set.of("clerk"));
            assertThat(code(hub.call(emergency(doctor, GuardedEhr.CLOSED), "condition.list", chart("closed"))))
                    .isEqualTo("DENIED");
            for (var said : List.of(
                    said("alpha", "BTG", now.minus(Duration.ofMinutes(16))),
                    said("alpha", "BTG", now.plus(Duration.ofMinutes(5))),
                    said("alpha", "HMARKT", now),
                    said("beta", "BTG", now))) {
                assertThat(code(hub.call(TestHub.NURSE.in(said), "condition.list", chart("open"))))
                        .as(said.purpose() + said.at())
                        .isEqualTo("DENIED");
            }
            var nurse = emergency(TestHub.NURSE, GuardedEhr.OPEN);
            assertThat(code(hub.call(nurse, "task.create", "{'patient':'alpha/Patient/open','title':'t'}")))
                    .isEqualTo("DENIED");
            assertThat(code(hub.call(nurse, "lab.list", chart("open"))))
                    .as("not a tool of the rule")
                    .isEqualTo("DENIED");
            assertThat(ehr.asked()).isEmpty();
            assertThat(hub.trail().records()).noneMatch(entry -> entry.stage() == Stage.BREAK_GLASS);
        }
    }

    @Test
    void aConsentThatDeniesClosesTheChart() throws Exception {
        try (var hub = start(consent(ConsentNeed.DENY))) {
            assertThat(hub.call("condition.list", chart("open")).text()).contains("MARK");
            ehr.consents(Consent.DENIES);
            for (var tool : List.of("condition.list", "patient.get", "patient.summary", "appointment.list")) {
                assertThat(code(hub.call(tool, chart("open")))).as(tool).isEqualTo("NOT_FOUND");
            }
            assertThat(code(hub.call("task.create", "{'patient':'alpha/Patient/open','title':'t'}")))
                    .isEqualTo("NOT_FOUND");
            assertThat(hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}")
                            .text())
                    .doesNotContain("MARK", "HIDDEN");
            assertThat(code(hub.call("document.get", "{'document':'alpha/DocumentReference/d'}")))
                    .as("whose it is was known only afterwards")
                    .isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void whereConsentIsRequiredSilenceClosesTheChart() throws Exception {
        try (var hub = start(consent(ConsentNeed.REQUIRED), Sensitivity.values())) {
            assertThat(code(hub.call("condition.list", chart("open")))).isEqualTo("NOT_FOUND");
            assertThat(code(hub.call("document.get", "{'document':'alpha/DocumentReference/d'}")))
                    .as("who may see all that is sensitive may not see this")
                    .isEqualTo("NOT_FOUND");
            ehr.consents(Consent.PERMITS);
            assertThat(hub.call("condition.list", chart("open")).text()).contains("MARK");
        }
    }

    @Test
    void anEhrThatCannotSayHowItHoldsAChartShowsNothingOfIt() throws Exception {
        try (var hub = start(ChartRules.NONE)) {
            ehr.failsAtCharts(ToolResult.failed(ErrorCode.EHR_UNAVAILABLE, "It is down.", "Wait."));

            assertThat(code(hub.call("condition.list", chart("open")))).isEqualTo("EHR_UNAVAILABLE");
            assertThat(code(hub.call("document.get", "{'document':'alpha/DocumentReference/d'}")))
                    .isEqualTo("EHR_UNAVAILABLE");
        }
    }

    private TestHub start(ChartRules charts, Sensitivity... shown) throws Exception {
        var policy = new Policy(List.of(grant(shown)), List.of(), Set.of(), Set.of(), charts);
        return TestHub.of(ehr.entry()).with(policy).start();
    }

    private static Grant grant(Sensitivity... shown) {
        var tools = EnumSet.noneOf(Sensitivity.class);
        tools.addAll(Arrays.asList(shown));
        var names = new HashSet<>(READS);
        names.add("task.create");
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

    private static ChartRules glass() {
        return new ChartRules(
                List.of(new BreakGlass(
                        7,
                        on("nurse"),
                        Set.of("condition.list", "patient.get", "patient.search", "fhir.query"),
                        Set.of("BTG", "ETREAT"),
                        Set.of(Sensitivity.RESTRICTED, Sensitivity.VERY_RESTRICTED),
                        Duration.ofMinutes(15))),
                Map.of());
    }

    private static ChartRules consent(ConsentNeed need) {
        return new ChartRules(List.of(), Map.of("alpha", need));
    }

    private static Condition on(String role) {
        return new Condition(Set.of(role), Set.of("alpha"), List.of());
    }

    private static Caller bound(Reference patient) {
        return new Caller("pat", Set.of("nurse"), null, null, Set.of(), Set.of(patient), null);
    }

    private static Caller emergency(Caller caller, Reference patient) {
        return caller.in(new Emergency(patient, "found unconscious at home", "BTG", Instant.now()));
    }

    private static Emergency said(String ehr, String purpose, Instant at) {
        return new Emergency(new Reference(ehr, "Patient", "open"), "found unconscious at home", purpose, at);
    }

    private static String chart(String id) {
        return CHART.formatted(id);
    }

    private static String withoutCallId(ToolAnswer answer) {
        return answer.text().replaceAll("\"callId\":\"[^\"]*\"", "");
    }

    private static String arguments(String tool) {
        return ToolCatalog.canonical()
                .find(tool)
                .orElseThrow()
                .example()
                .replaceAll("\"(stmarys|lab|clinic)(?=[/\"])", "\"alpha")
                .replaceAll("alpha/Patient/[^\"]*", "alpha/Patient/open")
                .replace("{}", "{\"ehr\":\"alpha\"}");
    }
}

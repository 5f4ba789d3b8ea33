package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.GuardedHub.chart;
import static org.ehrhub.routes.GuardedHub.glass;
import static org.ehrhub.routes.GuardedHub.start;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.GuardedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Emergency;
import org.ehrhub.tools.Reference;
import org.junit.jupiter.api.Test;

/** Who opens a closed chart, and what is kept and said of it. */
class ToolCallRouteGlassTest {
    private static final Caller BOUND = bound(GuardedEhr.OPEN);

    private final GuardedEhr ehr = new GuardedEhr();

    @Test
    void whoMayBreakTheGlassIsToldThatAChartIsRestrictedAndHowItIsOpened() throws Exception {
        try (var hub = start(ehr, glass())) {
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
        try (var hub = start(ehr, glass());
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
            assertThat(before.circumstances().traceId())
                    .isNotNull()
                    .isEqualTo(hub.trail().records().getLast().circumstances().traceId());
            assertThat(log.text()).contains("WARN BREAK GLASS").doesNotContain("unconscious", "Patient/", "ann");
        }
    }

    @Test
    void aChartIsNotOpenedWhereThatCannotBeRecorded() throws Exception {
        try (var hub = start(ehr, glass())) {
            hub.trail().breakAt(Stage.BREAK_GLASS);

            var answer = hub.call(emergency(TestHub.NURSE, GuardedEhr.CLOSED), "condition.list", chart("closed"));

            assertThat(answer.failed()).isTrue();
            assertThat(ehr.asked()).isEmpty();
        }
    }

    @Test
    void brokenGlassReachesAPatientOutsideTheBindingAndNobodyElse() throws Exception {
        try (var hub = start(ehr, glass())) {
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
    void glassThatIsBrokenForOneOpensNoRecordOfAnother() throws Exception {
        var record = "{'document':'alpha/DocumentReference/hidden-restricted'}";
        try (var hub = start(ehr, glass())) {
            assertThat(code(hub.call(emergency(TestHub.NURSE, GuardedEhr.CLOSED), "document.get", record)))
                    .isEqualTo("DENIED");
            assertThat(hub.call(emergency(TestHub.NURSE, GuardedEhr.OPEN), "document.get", record)
                            .text())
                    .contains("MARK.CLINICAL");
        }
    }

    @Test
    void glassIsNotBrokenByAnybodyElseOrElsewhereOrLaterOrForAnotherPurposeOrToWrite() throws Exception {
        var now = Instant.now();
        try (var hub = start(ehr, glass())) {
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

    private static Caller bound(Reference patient) {
        return new Caller("pat", Set.of("nurse"), null, null, Set.of(), Set.of(patient), null);
    }

    private static Caller emergency(Caller caller, Reference patient) {
        return caller.in(new Emergency(patient, "found unconscious at home", "BTG", Instant.now()));
    }

    private static Emergency said(String ehr, String purpose, Instant at) {
        return new Emergency(new Reference(ehr, "Patient", "open"), "found unconscious at home", purpose, at);
    }
}

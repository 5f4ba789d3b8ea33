package org.ehrhub.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

class SmartScopeTest {
    private static final Reference ADA = Reference.parse("alpha/Patient/a1");

    @Test
    void readsBothVersionsOfTheGrammar() {
        assertThat(SmartScope.parse("patient/Observation.rs"))
                .contains(new SmartScope("patient", "Observation", "rs"))
                .isEqualTo(SmartScope.parse("patient/Observation.read"));
        assertThat(SmartScope.parse("user/*.*")).contains(new SmartScope("user", "*", "cruds"));
        assertThat(SmartScope.parse("system/Task.write")).contains(new SmartScope("system", "Task", "cud"));
    }

    @Test
    void refusesWhatItCouldNotHoldTo() {
        assertThat(Stream.of(
                        "patient/Observation.rs?category=laboratory",
                        "patient/Observation.sr",
                        "patient/Observation.",
                        "Patient/Observation.rs",
                        "patient/observation.rs",
                        "launch/patient",
                        "openid",
                        "user/*.rs ",
                        ""))
                .allMatch(text -> SmartScope.parse(text).isEmpty());
    }

    @Test
    void aToolNeedsAllThatItDoesFromTheRuleAndFromTheToken() {
        var policy = policy("user/Observation.rs", "user/Patient.r");

        assertThat(allows(policy, ChartTools.LABS, "user/Observation.rs")).isTrue();
        assertThat(allows(policy, ChartTools.LABS, "user/*.read")).isTrue();
        assertThat(allows(policy, ChartTools.LABS, "user/Observation.r")).isFalse();
        assertThat(allows(policy, ChartTools.LABS)).isFalse();
        assertThat(allows(policy, PatientTools.GET, "user/*.cruds"))
                .as("the rule permits no search")
                .isFalse();
        assertThat(allows(policy, ChartTools.CONDITIONS, "user/*.cruds")).isFalse();
    }

    @Test
    void oneLevelSaysNothingOfAnother() {
        assertThat(allows(policy("user/Observation.rs"), ChartTools.LABS, "system/Observation.rs"))
                .isFalse();
        assertThat(allows(
                        policy("user/Observation.r", "system/Observation.s"),
                        ChartTools.LABS,
                        "user/*.*",
                        "system/*.*"))
                .isFalse();
    }

    @Test
    void scopesForPatientsNeedAPatientInContext() {
        var policy = policy("patient/Observation.rs");

        assertThat(allows(policy, ChartTools.LABS, "patient/*.rs")).isFalse();
        assertThat(policy.decide(caller(Set.of(ADA), "patient/*.rs"), ChartTools.LABS, "alpha", Instant.EPOCH)
                        .allowed())
                .isTrue();
    }

    @Test
    void aWriteIsAllowedOnlyByNameAndByTheScopesForIt() {
        var grant = grant(Set.of("appointment.create"), "user/Appointment.cruds");
        var policy = new Policy(List.of(grant), Set.of());

        assertThat(allows(policy, AppointmentTools.CREATE, "user/Appointment.c"))
                .isTrue();
        assertThat(allows(policy, AppointmentTools.CREATE, "user/Appointment.rs"))
                .isFalse();
        assertThat(allows(policy, AppointmentTools.CANCEL, "user/Appointment.cruds"))
                .isFalse();
    }

    @Test
    void everyToolIsKnownByItsScopesOrIsNoneOfFhirs() {
        var unknown = ToolCatalog.canonical().tools().stream()
                .filter(tool -> ToolScopes.of(tool, "user").isEmpty())
                .map(CanonicalTool::name);

        assertThat(unknown)
                .containsExactlyInAnyOrder(
                        "ehr.list", "approval.status", "bot.execute", "bot.deploy", "hl7v2.send", "hl7v2.status");
    }

    private static Policy policy(String... scopes) {
        var reads = Set.of("lab.list", "patient.get", "condition.list", "ehr.list");
        return new Policy(List.of(grant(reads, scopes)), Set.of());
    }

    private static Grant grant(Set<String> tools, String... scopes) {
        var when = new Condition(Set.of("*"), Set.of("alpha"), List.of());
        var parsed = Stream.of(scopes)
                .map(scope -> SmartScope.parse(scope).orElseThrow())
                .toList();
        return new Grant(1, when, tools, parsed, Set.of(FieldGroup.values()), false, Set.of(), ApprovalNeed.NONE);
    }

    private static boolean allows(Policy policy, CanonicalTool<?, ?> tool, String... held) {
        return policy.decide(caller(Set.of(), held), tool, "alpha", Instant.EPOCH)
                .allowed();
    }

    private static Caller caller(Set<Reference> patients, String... scopes) {
        return new Caller("ann", Set.of(), "https://login.example", "app", Set.of(scopes), patients, null);
    }
}

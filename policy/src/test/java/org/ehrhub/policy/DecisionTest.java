package org.ehrhub.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Policy.Denial;
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

class DecisionTest {
    private static final Condition ALPHA = new Condition(Set.of("nurse"), Set.of("alpha"), List.of());
    private static final Caller NURSE = new Caller("ann", Set.of("nurse"));
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Set<String> READS = Set.of("patient.get", "condition.list", "slot.search");

    @Test
    void aDenialWinsOverEveryGrantAndIsNamedByItsLine() {
        var policy = new Policy(
                List.of(grant(3, FieldGroup.values())),
                List.of(new Denial(9, ALPHA, Set.of("patient.get"), Set.of(), Set.of())),
                Set.of(),
                Set.of());

        assertThat(decide(policy, NURSE, PatientTools.GET).allowed()).isFalse();
        assertThat(decide(policy, NURSE, PatientTools.GET).line()).isEqualTo(9);
        assertThat(decide(policy, NURSE, ChartTools.CONDITIONS))
                .isEqualTo(new Decision(true, 3, "", Set.of(), ApprovalNeed.NONE));
    }

    @Test
    void showsTheGroupsOfAllGrantsTogetherButThoseThatADenialTakes() {
        var policy = new Policy(
                List.of(grant(1, FieldGroup.DEMOGRAPHICS), grant(2, FieldGroup.CONTACT, FieldGroup.CLINICAL)),
                List.of(new Denial(3, ALPHA, READS, Set.of(FieldGroup.CONTACT), Set.of())),
                Set.of(),
                Set.of());

        assertThat(decide(policy, NURSE, PatientTools.GET).withheld())
                .containsExactlyInAnyOrder(FieldGroup.CONTACT, FieldGroup.IDENTIFIERS);
    }

    @Test
    void aReadThatWouldShowNothingIsDeniedAndOneAboutNobodyIsNot() {
        var policy = policy(grant(1, FieldGroup.CONTACT));

        assertThat(decide(policy, NURSE, ChartTools.CONDITIONS).why()).contains("nothing of its answer");
        assertThat(decide(policy, NURSE, AppointmentTools.SLOT_SEARCH).allowed())
                .isTrue();
    }

    @Test
    void aPurposeMustBeStatedWhereARuleNamesSome() {
        var grant = new Grant(1, ALPHA, READS, List.of(), all(), false, Set.of("TREAT", "ETREAT"), ApprovalNeed.NONE);

        assertThat(decide(policy(grant), NURSE, PatientTools.GET).allowed()).isFalse();
        assertThat(decide(policy(grant), stating("HMARKT"), PatientTools.GET).allowed())
                .isFalse();
        assertThat(decide(policy(grant), stating("ETREAT"), PatientTools.GET).allowed())
                .isTrue();
    }

    @Test
    void whoStatesNoPurposeIsMeantByADenialOfOne() {
        var policy = new Policy(
                List.of(grant(1, FieldGroup.values())),
                List.of(new Denial(2, ALPHA, READS, Set.of(), Set.of("HMARKT"))),
                Set.of(),
                Set.of());

        assertThat(decide(policy, NURSE, PatientTools.GET).allowed()).isFalse();
        assertThat(decide(policy, stating("HMARKT"), PatientTools.GET).allowed())
                .isFalse();
        assertThat(decide(policy, stating("TREAT"), PatientTools.GET).allowed()).isTrue();
    }

    @Test
    void asksForTheStrictestApprovalOfTheRulesThatApply() {
        var reads = grant(1, FieldGroup.values());
        var strict = new Grant(2, ALPHA, READS, List.of(), all(), false, Set.of(), ApprovalNeed.FOUR_EYES);

        assertThat(decide(policy(reads, strict), NURSE, PatientTools.GET).approval())
                .isEqualTo(ApprovalNeed.FOUR_EYES);
        assertThat(new Policy(List.of(reads), List.of(), Set.of(), Set.of("patient.get"))
                        .decide(NURSE, PatientTools.GET, "alpha", NOON)
                        .approval())
                .isEqualTo(ApprovalNeed.FOUR_EYES);
    }

    @Test
    void aRuleForOwnPatientsIsForNobodyWhoIsBoundToNone() {
        var policy = policy(new Grant(1, ALPHA, READS, List.of(), all(), true, Set.of(), ApprovalNeed.NONE));

        assertThat(decide(policy, NURSE, PatientTools.GET).allowed()).isFalse();
        assertThat(decide(policy, bound("alpha/Patient/a1"), PatientTools.GET).allowed())
                .isTrue();
    }

    @Test
    void whoIsBoundToPatientsReachesOnlyTheirEhrsAndNoToolThatMayBeAboutAnybody() {
        var everything =
                new Grant("nurse", "alpha", true, Set.of("patient.create", "fhir.write", "appointment.create"));
        var policy = policy(everything);
        var here = bound("alpha/Patient/a1");

        assertThat(decide(policy, bound("beta/Patient/b1"), PatientTools.GET).allowed())
                .isFalse();
        assertThat(decide(policy, bound("beta/Patient/b1"), AppointmentTools.SLOT_SEARCH)
                        .allowed())
                .isTrue();
        assertThat(decide(policy, here, AppointmentTools.CREATE).allowed()).isTrue();
        assertThat(ToolCatalog.canonical().tools().stream()
                        .filter(tool -> decide(policy, here, tool).why().contains("not about one of them"))
                        .map(CanonicalTool::name))
                .containsExactlyInAnyOrder(
                        "patient.create",
                        "intake.sync",
                        "fhir.query",
                        "fhir.write",
                        "fhir.transaction",
                        "fhir.operation",
                        "bot.execute",
                        "bot.deploy",
                        "hl7v2.send",
                        "hl7v2.status");
    }

    @Test
    void hoursOverMidnightBelongToTheDayOnWhichTheyBegin() {
        var night = new Hours(
                Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("Europe/London"));

        assertThat(night.hold(Instant.parse("2026-03-06T22:00:00Z"))).isTrue();
        assertThat(night.hold(Instant.parse("2026-03-07T05:59:59Z"))).isTrue();
        assertThat(night.hold(Instant.parse("2026-03-07T06:00:00Z"))).isFalse();
        assertThat(night.hold(Instant.parse("2026-03-06T05:00:00Z"))).isFalse();
        assertThat(night.hold(Instant.parse("2026-07-03T21:30:00Z")))
                .as("summer time")
                .isTrue();
    }

    @Test
    void aRuleWithTimesHoldsAtThemAlone() {
        var day = new Hours(EnumSet.allOf(DayOfWeek.class), LocalTime.of(7, 0), LocalTime.of(19, 0), ZoneId.of("UTC"));
        var when = new Condition(Set.of("*"), Set.of("alpha"), List.of(day));
        var policy = policy(new Grant(1, when, READS, List.of(), all(), false, Set.of(), ApprovalNeed.NONE));

        assertThat(decide(policy, NURSE, PatientTools.GET).allowed()).isTrue();
        assertThat(policy.decide(NURSE, PatientTools.GET, "alpha", NOON.plusSeconds(8 * 3600))
                        .allowed())
                .isFalse();
    }

    @Test
    void findsTheDenialThatLeavesNothingOfAGrant() {
        var grant = grant(1, FieldGroup.values());
        var whole = new Denial(2, ALPHA, READS, Set.of(), Set.of());
        var part = new Denial(3, ALPHA, Set.of("patient.get"), Set.of(), Set.of());

        assertThat(new Policy(List.of(grant), List.of(part, whole), Set.of(), Set.of()).contradiction(grant))
                .contains(whole);
        assertThat(new Policy(List.of(grant), List.of(part), Set.of(), Set.of()).contradiction(grant))
                .isEmpty();
    }

    private static Decision decide(Policy policy, Caller caller, CanonicalTool<?, ?> tool) {
        return policy.decide(caller, tool, "alpha", NOON);
    }

    private static Policy policy(Grant... grants) {
        return new Policy(List.of(grants), Set.of());
    }

    private static Grant grant(int line, FieldGroup... fields) {
        return new Grant(line, ALPHA, READS, List.of(), Set.of(fields), false, Set.of(), ApprovalNeed.NONE);
    }

    private static Set<FieldGroup> all() {
        return Set.of(FieldGroup.values());
    }

    private static Caller stating(String purpose) {
        return new Caller("ann", Set.of("nurse"), null, null, Set.of(), Set.of(), purpose);
    }

    private static Caller bound(String patient) {
        return new Caller("ann", Set.of("nurse"), null, null, Set.of(), Set.of(Reference.parse(patient)), null);
    }
}

package org.ehrhub.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.approvals.ApprovalTools;
import org.ehrhub.tools.patients.PatientTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Caller NURSE = new Caller("ann", Set.of("nurse"));

    @Test
    void allowsNothingWithoutAGrant() {
        assertThat(ToolCatalog.canonical().tools()).noneMatch(tool -> allows(Policy.NOTHING, NURSE, tool, "stmarys"));
    }

    @Test
    void allowsEveryReadAndNoWriteWhereOnlyReadsAreGranted() {
        var policy = policy(new Grant("nurse", "stmarys", true, Set.of()));

        assertThat(ToolCatalog.canonical().tools())
                .filteredOn(tool -> !tool.equals(ApprovalTools.STATUS))
                .allMatch(tool -> allows(policy, NURSE, tool, "stmarys") == (tool.risk() == Risk.READ));
        assertThat(allows(policy, NURSE, ApprovalTools.STATUS, "stmarys"))
                .as("without a write there is nothing to approve")
                .isFalse();
    }

    @Test
    void allowsOnlyTheWritesThatAreNamed() {
        var policy = policy(new Grant("nurse", "stmarys", false, Set.of("appointment.create")));

        assertThat(allows(policy, NURSE, AppointmentTools.CREATE, "stmarys")).isTrue();
        assertThat(allows(policy, NURSE, AppointmentTools.CANCEL, "stmarys")).isFalse();
        assertThat(allows(policy, NURSE, PatientTools.GET, "stmarys")).isFalse();
    }

    @Test
    void grantsAreForTheirEhrAlone() {
        var policy = policy(new Grant("nurse", "stmarys", true, Set.of()));

        assertThat(allows(policy, NURSE, PatientTools.GET, "lakeside")).isFalse();
    }

    @Test
    void grantsAreForTheirRoleAlone() {
        var policy = policy(new Grant("doctor", "stmarys", true, Set.of()));

        assertThat(allows(policy, NURSE, PatientTools.GET, "stmarys")).isFalse();
        assertThat(allows(policy, new Caller("bob", Set.of("clerk", "doctor")), PatientTools.GET, "stmarys"))
                .isTrue();
    }

    @Test
    void aStarIsEveryCallerEvenOneWithoutARole() {
        var policy = policy(new Grant("*", "stmarys", true, Set.of()));

        assertThat(allows(policy, new Caller("anyone", Set.of()), PatientTools.GET, "stmarys"))
                .isTrue();
    }

    @Test
    void aCallerWhoCallsARoleStarGainsNothing() {
        var policy = policy(new Grant("nurse", "stmarys", true, Set.of()));

        assertThat(allows(policy, new Caller("eve", Set.of("*")), PatientTools.GET, "stmarys"))
                .isFalse();
    }

    @Test
    void asksForApprovalOfHighImpactAndOfWhatIsNamed() {
        var policy = new Policy(List.of(), Set.of("appointment.cancel"));
        var submit = new CanonicalTool.Write<>(
                "referral.submit", AppointmentCancel.class, Appointment.class, Risk.HIGH_IMPACT);

        assertThat(policy.approval(submit)).isEqualTo(ApprovalNeed.PERSON);
        assertThat(policy.approval(AppointmentTools.CANCEL)).isEqualTo(ApprovalNeed.PERSON);
        assertThat(policy.approval(AppointmentTools.CREATE)).isEqualTo(ApprovalNeed.NONE);
    }

    @Test
    void cannotBeWidenedThroughTheSetsItWasMadeOf() {
        var writes = new HashSet<String>();
        var approvals = new HashSet<>(Set.of("appointment.cancel"));
        var policy = new Policy(List.of(new Grant("nurse", "stmarys", false, writes)), approvals);

        writes.add("appointment.create");
        approvals.clear();

        assertThat(allows(policy, NURSE, AppointmentTools.CREATE, "stmarys")).isFalse();
        assertThat(policy.approval(AppointmentTools.CANCEL)).isEqualTo(ApprovalNeed.PERSON);
    }

    @Test
    void fourEyesAreTwoPrincipalsOfWhomOneIsVouchedFor() {
        var ann = "https://login.example|ann";
        assertThat(ApprovalNeed.FOUR_EYES.isMetBy(ann, ann)).isFalse();
        assertThat(ApprovalNeed.FOUR_EYES.isMetBy("https://login.example|bea", ann))
                .isTrue();
        assertThat(ApprovalNeed.FOUR_EYES.isMetBy("https://other.example|ann", ann))
                .isTrue();
        assertThat(ApprovalNeed.FOUR_EYES.isMetBy("os:ann", "local"))
                .as("whoever sits at this machine may be both")
                .isFalse();
        assertThat(ApprovalNeed.PERSON.isMetBy(ann, ann)).isTrue();
    }

    @Test
    void whoeverActsInAPersonsNameCountsAsHavingAskedToo() {
        var ann = "https://login.example|ann";
        var bot = "https://login.example|bot";
        assertThat(asked(ann, bot, ApprovalNeed.FOUR_EYES).isMetBy(ann)).isFalse();
        assertThat(asked(ann, bot, ApprovalNeed.FOUR_EYES).isMetBy(bot)).isFalse();
        assertThat(asked(ann, bot, ApprovalNeed.FOUR_EYES).isMetBy("https://login.example|bea"))
                .isTrue();
        assertThat(asked(ann, bot, ApprovalNeed.PERSON).isMetBy(ann)).isTrue();
        var foreign = "https://login.example|https://machines.example|bot";
        assertThat(asked(ann, foreign, ApprovalNeed.FOUR_EYES).isMetBy("https://machines.example|bot"))
                .isFalse();
        assertThat(asked(ann, null, ApprovalNeed.FOUR_EYES).isMetBy(bot)).isTrue();
    }

    private static Approvals.Question asked(String principal, @Nullable String actor, ApprovalNeed need) {
        return new Approvals.Question(
                "digest", principal, actor, "referral.submit", "stmarys", need, "", Instant.EPOCH);
    }

    private static boolean allows(Policy policy, Caller caller, CanonicalTool<?, ?> tool, String ehr) {
        return policy.decide(caller, tool, ehr, Instant.EPOCH).allowed();
    }

    private static Policy policy(Grant grant) {
        return new Policy(List.of(grant), Set.of());
    }
}

package org.ehrhub.routes.composites;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Taking in a patient, as one. */
class IntakeRoutesTest {
    private static final Set<String> WRITES = Set.of(
            "intake.sync",
            "patient.create",
            "patient.update",
            "coverage.record",
            "appointment.create",
            "appointment.cancel",
            "questionnaire.submit");
    private static final String WHO =
            "'patient':{'family':'Zebrowski','given':['Nadia'],'birthDate':'1984-05-17','gender':'female'}";
    private static final String PAYS = "'coverage':{'memberId':'M1','payerName':'Example Health Plan'}";
    private static final String ANSWERS = "'questionnaire':{'questionnaire':'https://example.org/q','answers':"
            + "[{'linkId':'reason','text':'Check-up'}]}";

    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 2);
    private final TestHub hub = start(WRITES);

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void registersRecordsBooksAndStores() {
        var slot = hub.slots("alpha").getFirst();
        var done = intake(WHO, PAYS, ANSWERS, "'slotRef':'" + slot + "'", "'idempotencyKey':'k1'");

        assertThat(done.failed()).as(done.text()).isFalse();
        var item = done.json().get("item");
        assertThat(item.get("registered").booleanValue()).isTrue();
        assertThat(item.propertyNames())
                .containsExactly("patient", "registered", "coverage", "appointment", "questionnaire");
        assertThat(hub.trail().records())
                .extracting(record -> record.tool())
                .contains(
                        "intake.sync",
                        "patient.create",
                        "coverage.record",
                        "appointment.create",
                        "questionnaire.submit");

        var again = hub.call(
                "intake.sync",
                "{'ehr':'alpha'," + String.join(",", WHO, PAYS, ANSWERS) + ",'slotRef':'" + slot
                        + "','idempotencyKey':'k1','approvalId':'approval-1'}");
        assertThat(again.json().get("item").get("appointment")).isEqualTo(item.get("appointment"));
        assertThat(alpha.calls("appointment.create")).isOne();
    }

    @Test
    void findsAPatientWhoIsThereAndRegistersNobody() {
        var done =
                intake("'patient':{'family':'Hill','given':['Ada'],'birthDate':'1948-03-21','gender':'female'}", PAYS);

        assertThat(done.json().get("item").get("registered").booleanValue()).isFalse();
        assertThat(done.json().get("item").get("patient").stringValue()).isEqualTo("alpha/Patient/a1");
        assertThat(alpha.calls("patient.create")).isZero();
    }

    @Test
    void doesNotGuessBetweenTwo() {
        alpha.withPatient("a9", "Hill", "Ada", "1948-03-21");
        var refused =
                intake("'patient':{'family':'Hill','given':['Ada'],'birthDate':'1948-03-21','gender':'female'}", PAYS);

        assertThat(TestHub.code(refused)).isEqualTo("AMBIGUOUS_MATCH");
        assertThat(refused.text()).contains("nothing was written").doesNotContain("Hill");
        assertThat(alpha.calls("coverage.record")).isZero();
    }

    @Test
    void takesBackWhatWasWrittenWhenALaterStepFails() {
        var slot = hub.slots("alpha").getFirst();
        hub.call("appointment.create", "{'patient':'alpha/Patient/a1','slotRef':'" + slot + "'}");

        var failed = intake(WHO, PAYS, "'slotRef':'" + slot + "'");

        assertThat(TestHub.code(failed)).isEqualTo("CONFLICT");
        assertThat(failed.text()).contains("Step appointment.create").contains("was taken back");
        var made = hub.call("patient.search", "{'ehr':'alpha','family':'Zebrowski'}")
                .json();
        assertThat(made.get("items").get(0).get("active").booleanValue()).isFalse();
        var patient = made.get("items").get(0).get("patient").stringValue();
        var coverage =
                hub.call("coverage.list", "{'patient':'" + patient + "'}").json();
        assertThat(coverage.get("items").findValuesAsString("status")).doesNotContain("active");
    }

    @Test
    void leavesWhatStandsWhenTheFateOfAStepIsNotKnown() {
        alpha.losesAnswers();
        var unknown = intake(WHO, PAYS);

        assertThat(TestHub.code(unknown)).isIn("OUTCOME_UNKNOWN", "");
        assertThat(alpha.calls("patient.update")).isZero();
    }

    @Test
    void writesNothingWhenAPartCannotBeDone() {
        try (var narrow = start(Set.of("intake.sync", "patient.create", "patient.update"))) {
            var refused = narrow.callApproved("intake.sync", "{'ehr':'alpha'," + WHO + "," + PAYS + "}");

            assertThat(TestHub.code(refused)).isEqualTo("UNSUPPORTED");
            assertThat(refused.text()).contains("coverage.record");
            assertThat(alpha.calls()).isEmpty();
        }
    }

    @Test
    void needsAnApprovalOfItsOwn() throws Exception {
        try (var nobody = TestHub.of(alpha.entry()).with(policy(WRITES)).start()) {
            assertThat(TestHub.code(nobody.call("intake.sync", "{'ehr':'alpha'," + WHO + "}")))
                    .isEqualTo("APPROVAL_REQUIRED");
            assertThat(alpha.calls()).isEmpty();
        }
    }

    private ToolAnswer intake(String... parts) {
        return hub.callApproved("intake.sync", "{'ehr':'alpha'," + String.join(",", parts) + "}");
    }

    /** Only the composite is approved: its steps are approved with it. */
    private TestHub start(Set<String> writes) {
        try {
            return TestHub.of(alpha.entry()).with(policy(writes)).start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Policy policy(Set<String> writes) {
        return new Policy(List.of(new Grant("nurse", "alpha", true, writes)), Set.of());
    }
}

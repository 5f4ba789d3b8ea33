package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.policy.AuditTrail.Stage.AFTER_WRITE;
import static org.ehrhub.policy.AuditTrail.Stage.BEFORE_WRITE;
import static org.ehrhub.policy.AuditTrail.Stage.READ;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.OffsetDateTime;
import java.util.Set;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit trail holds of calls, and what happens when it cannot hold them. */
class ToolCallRouteAuditTest {
    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withPatient("a2", "Hill", "Eve", "1950-01-01")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 2);
    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.of(alpha.entry()).start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aReadLeavesOneRecord() {
        hub.call("patient.get", "{'patient':'alpha/Patient/a1'}");

        assertThat(hub.trail().records()).singleElement().satisfies(record -> {
            assertThat(record.stage()).isEqualTo(READ);
            assertThat(record.principal()).isEqualTo("ann");
            assertThat(record.tool()).isEqualTo("patient.get");
            assertThat(record.ehrs()).containsExactly("alpha");
            assertThat(record.reference()).isEqualTo("alpha/Patient/a1");
            assertThat(record.outcome()).isEqualTo("alpha=ok");
        });
    }

    @Test
    void aSearchLeavesWhomItShowed() {
        hub.call("patient.search", "{'family':'Hill','limit':1}");
        hub.call("patient.search", "{'family':'Hill'}");

        assertThat(hub.trail().records())
                .extracting(AuditTrail.Entry::reference)
                .containsExactly("alpha/Patient/a1", "alpha/Patient/a1 alpha/Patient/a2");
    }

    @Test
    void aWriteLeavesOneRecordBeforeAndOneAfterOfTheSameCall() {
        var slot = hub.slots("alpha").getFirst();
        create(slot, "");

        var records = hub.trail().records();
        assertThat(records).extracting(AuditTrail.Entry::stage).containsExactly(READ, BEFORE_WRITE, AFTER_WRITE);
        assertThat(records.get(1).callId()).isEqualTo(records.get(2).callId());
        assertThat(records.get(1).outcome()).isEmpty();
        assertThat(records.get(1).reference()).isEqualTo("alpha/Patient/a1");
        assertThat(records.get(2).outcome()).isEqualTo("alpha=ok");
        assertThat(records.get(2).reference()).isEqualTo("alpha/Patient/a1 alpha/Appointment/appointment-1");
    }

    @Test
    void refusedCallsLeaveARecordToo() {
        hub.call("patient.get", "{'patient':'Ada Hill'}");
        hub.call("patient.get", "{'patient':'alpha/Patient/none'}");
        hub.call(new Caller("eve", Set.of()), "patient.search", "{'family':'Hill'}");

        assertThat(hub.trail().records())
                .extracting(AuditTrail.Entry::outcome)
                .containsExactly("INVALID_INPUT", "alpha=NOT_FOUND", "DENIED");
    }

    @Test
    void recordsHoldNoWordOfAChart() {
        hub.call("patient.search", "{'family':'Hill','given':'Ada','birthDate':'1948-03-21'}");
        create(hub.slots("alpha").getFirst(), "k1");
        hub.call("patient.search", "{'family':'Hill','phone':'bad'}");

        assertThat(hub.trail().records().toString())
                .doesNotContain("Hill")
                .doesNotContain("Ada")
                .doesNotContain("1948")
                .doesNotContain("hives")
                .doesNotContain("k1");
    }

    @Test
    void aWriteThatCannotBeRecordedIsNotSent() {
        var slot = hub.slots("alpha").getFirst();
        hub.trail().breakAt(BEFORE_WRITE);

        assertThat(code(create(slot, "k1"))).isEqualTo("INTERNAL");

        assertThat(alpha.calls("appointment.create")).isZero();
        assertThat(hub.ledger().settled()).containsExactly(Outcome.NOT_DONE);
        hub.trail().breakAt();
        assertThat(create(slot, "k1").failed()).isFalse();
    }

    @Test
    void aReadThatCannotBeRecordedGivesNoData() {
        hub.trail().breakAt(READ);

        var answer = hub.call("patient.get", "{'patient':'alpha/Patient/a1'}");

        assertThat(code(answer)).isEqualTo("INTERNAL");
        assertThat(answer.text()).doesNotContain("Hill");
        assertThat(code(hub.call("patient.search", "{'family':'Hill'}"))).isEqualTo("INTERNAL");
    }

    @Test
    void aWriteWhoseOutcomeCannotBeRecordedIsNotTakenForARefusal() {
        var slot = hub.slots("alpha").getFirst();
        hub.trail().breakAt(AFTER_WRITE);
        try (var log = new CapturedLog()) {
            var answer = create(slot, "k1");

            assertThat(code(answer)).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(answer.text()).doesNotContain("Hill");
            assertThat(log.text()).contains("UncheckedIOException");
        }
        assertThat(hub.ledger().settled()).containsExactly(Outcome.DONE);
        hub.trail().breakAt();
        assertThat(create(slot, "k1").failed()).isFalse();
        assertThat(alpha.calls("appointment.create")).isOne();
    }

    @Test
    void aRefusedWriteWhoseOutcomeCannotBeRecordedIsNotCalledUnknown() {
        var slot = hub.slots("alpha").getFirst();
        create(slot, "");
        hub.trail().breakAt(AFTER_WRITE);

        assertThat(code(create(slot, ""))).isEqualTo("INTERNAL");
    }

    private ToolAnswer create(String slot, String key) {
        return hub.call(
                "appointment.create",
                "{'patient':'alpha/Patient/a1','slotRef':'%s','reason':'hives'%s}"
                        .formatted(slot, key.isEmpty() ? "" : ",'idempotencyKey':'" + key + "'"));
    }
}

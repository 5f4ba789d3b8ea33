package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.OffsetDateTime;
import java.util.List;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

/** What a patient's words must never reach: errors and the log. */
class ToolCallRouteFaultTest {
    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 1);

    @Test
    void anExceptionsWordsAreNeitherAnsweredNorLogged() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).start();
                var log = new CapturedLog()) {
            alpha.throwsText("Ada Hill has hives");

            var answer = hub.call("patient.get", "{'patient':'alpha/Patient/a1'}");

            assertThat(code(answer)).isEqualTo("INTERNAL");
            assertThat(answer.text()).doesNotContain("hives").doesNotContain("Hill");
            assertThat(log.text())
                    .contains("IllegalStateException")
                    .contains(answer.json().get("error").get("callId").stringValue())
                    .doesNotContain("hives")
                    .doesNotContain("Hill");
        }
    }

    @Test
    void anErrorOfTheMachineIsAnsweredAndItsWordsAreNotLogged() throws Exception {
        var broken = new ScriptedEhr(ToolHandlers.builder()
                .on(PatientTools.GET, (input, call) -> {
                    throw new StackOverflowError("Ada Hill has hives");
                })
                .build());
        try (var hub = TestHub.of(broken.entry("alpha")).start();
                var log = new CapturedLog()) {

            assertThat(code(hub.call("patient.get", "{'patient':'alpha/Patient/a1'}")))
                    .isEqualTo("INTERNAL");

            assertThat(log.text()).contains("StackOverflowError").doesNotContain("hives");
        }
    }

    @Test
    void aFaultInAWriteIsNeverTakenForARefusal() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).start()) {
            var slot = hub.slots("alpha").getFirst();
            alpha.throwsText("Ada Hill has hives");

            var answer = hub.call(
                    "appointment.create",
                    "{'patient':'alpha/Patient/a1','slotRef':'%s','idempotencyKey':'k'}".formatted(slot));

            assertThat(code(answer)).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(hub.ledger().settled()).extracting(Enum::name).containsExactly("UNKNOWN");
        }
    }

    @Test
    void anOrdinaryDayLeavesNoWordOfAPatientInTheLog() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).start();
                var log = new CapturedLog()) {
            hub.call("patient.search", "{'family':'Hill'}");
            hub.call("patient.get", "{'patient':'alpha/Patient/a1'}");
            hub.call(
                    "appointment.create",
                    "{'patient':'alpha/Patient/a1','slotRef':'%s','reason':'hives'}"
                            .formatted(hub.slots("alpha").getFirst()));
            alpha.down();
            hub.call("patient.search", "{'family':'Hill','phone':'+1 555 0100'}");

            assertThat(log.text().lines())
                    .noneMatch(line -> List.of("Hill", "hives", "555 0100", "1948-03-21").stream()
                            .anyMatch(line::contains));
        }
    }

    @Test
    void aCallOnAnInterruptedThreadIsRecordedUninterruptedAndTheInterruptIsKept() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).start()) {
            Thread.currentThread().interrupt();

            var answer = hub.call("patient.get", "{'patient':'alpha/Patient/a1'}");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(code(answer)).isEqualTo("EHR_UNAVAILABLE");
            assertThat(hub.trail().records()).hasSize(1);
            assertThat(alpha.calls()).isEmpty();
        }
    }

    @Test
    void cleansWhatAnEhrSaysOfInvisibleCharacters() throws Exception {
        alpha.withPatient("a2", "Sm\u202eith\u0000\u200b\uFEFF\u2066x", "Jo\u0007\r\nhn", "1950-01-01");
        try (var hub = TestHub.of(alpha.entry()).start()) {
            var item = hub.call("patient.get", "{'patient':'alpha/Patient/a2','details':true}")
                    .json()
                    .get("item");

            assertThat(item.get("details").get("family").stringValue()).isEqualTo("Smithx");
            assertThat(item.get("details").get("given").get(0).stringValue()).isEqualTo("Jo\nhn");
            assertThat(item.get("name").stringValue()).isEqualTo("Jo\nhn Smithx");
        }
    }
}

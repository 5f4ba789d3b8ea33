package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

/** EHRs that fail, hang or are too slow, and those beside them. */
class ToolCallRouteResilienceTest {
    private static final String GET = "{'patient':'alpha/Patient/a1'}";
    private static final String CANCEL = "{'appointment':'alpha/Appointment/x','idempotencyKey':'k1'}";

    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 1);
    private final FakeEhr beta = FakeEhr.named("beta").withPatient("b1", "Hill", "Bob", "1949-01-01");

    @Test
    void aReadThatCannotReachItsEhrIsTriedOnceMore() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).start()) {
            alpha.down();

            assertThat(code(hub.call("patient.get", GET))).isEqualTo("EHR_UNAVAILABLE");
            assertThat(alpha.calls("patient.get")).isEqualTo(2);
        }
    }

    @Test
    void aWriteIsNeverTriedAgain() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).start()) {
            var slot = hub.slots("alpha").getFirst();
            alpha.down();

            assertThat(code(hub.call(
                            "appointment.create", "{'patient':'alpha/Patient/a1','slotRef':'%s'}".formatted(slot))))
                    .isEqualTo("EHR_UNAVAILABLE");
            assertThat(alpha.calls("appointment.create")).isOne();
        }
    }

    @Test
    void anEhrThatKeepsFailingIsLeftAloneAndOthersAreNotAffected() throws Exception {
        try (var hub = TestHub.of(alpha.entry(), beta.entry()).start()) {
            alpha.down();
            for (var i = 0; i < 8; i++) {
                hub.call("patient.get", GET);
            }
            var arrived = alpha.calls("patient.get");
            alpha.recover();

            var answer = hub.call("patient.get", GET);

            assertThat(code(answer)).isEqualTo("EHR_UNAVAILABLE");
            assertThat(answer.text()).contains("left alone");
            assertThat(alpha.calls("patient.get")).isEqualTo(arrived).isEqualTo(10);
            assertThat(hub.call("patient.get", "{'patient':'beta/Patient/b1'}").failed())
                    .isFalse();
            assertThat(hub.call("ehr.list", "{'ehr':'alpha'}").text())
                    .as("the breaker says nothing about a probe")
                    .contains("\"up\"");
        }
    }

    @Test
    void callsBeyondTheLimitOfAnEhrAreRefusedAtOnce() throws Exception {
        var arrived = new CountDownLatch(1);
        var open = new CountDownLatch(1);
        var busy = new ScriptedEhr(ToolHandlers.builder()
                .onList(PatientTools.SEARCH, (input, call) -> {
                    arrived.countDown();
                    await(open);
                    return nobody();
                })
                .build());
        var limits = new Limits(Duration.ofSeconds(20), 1, 0, 16 * 1024);
        try (var hub = TestHub.of(busy.entry("alpha"), beta.entry())
                        .with(limits)
                        .start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}"));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(code(hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}")))
                    .isEqualTo("RATE_LIMITED");
            assertThat(hub.call("patient.search", "{'ehr':'beta','family':'Hill'}")
                            .failed())
                    .isFalse();
            open.countDown();
            assertThat(first.get().failed()).isFalse();
            assertThat(hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}")
                            .failed())
                    .isFalse();
        }
    }

    @Test
    void anEhrIsAskedNoMoreOftenThanItAllows() throws Exception {
        var limits = new Limits(Duration.ofSeconds(20), 64, 1, 16 * 1024);
        try (var hub = TestHub.of(alpha.entry()).with(limits).start()) {
            for (var i = 0; i < 5; i++) {
                hub.call("patient.get", GET);
            }

            assertThat(code(hub.call("patient.get", GET))).isEqualTo("RATE_LIMITED");
            assertThat(alpha.calls()).hasSizeLessThan(5);
        }
    }

    @Test
    void aWriteThatHangsHasAnUnknownOutcomeInTime() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).within(Duration.ofMillis(300)).start()) {
            alpha.hang();

            var answer = hub.call("appointment.cancel", "{'appointment':'alpha/Appointment/x'}");

            assertThat(code(answer)).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(answer.text()).contains("\"retryable\":false");
            assertThat(alpha.calls("appointment.cancel")).isOne();
        }
    }

    /** Whoever looked while the handler is still at it would find nothing, and write a second time. */
    @Test
    void aWriteStillUnderWayAfterItsTimeIsNotRepeatedUntilItHasEnded() throws Exception {
        var stubborn = new StubbornCancelling();
        var entry = new ScriptedEhr(ToolHandlers.builder()
                        .onWrite(AppointmentTools.CANCEL, stubborn)
                        .build())
                .entry("alpha");
        try (var hub = TestHub.of(entry).within(Duration.ofMillis(300)).start()) {
            assertThat(code(hub.call("appointment.cancel", CANCEL))).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(hub.ledger().settled()).isEmpty();
            var early = hub.call("appointment.cancel", CANCEL);
            assertThat(code(early)).isEqualTo("CONFLICT");
            assertThat(early.text()).contains("still running");

            stubborn.end.countDown();
            hub.ledger().awaitSettled(1);

            assertThat(hub.ledger().settled()).containsExactly(Outcome.DONE);
            assertThat(stubborn.writes).hasValue(1);
        }
    }

    private static final class StubbornCancelling implements WriteHandler<AppointmentCancel, Appointment> {
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public ToolResult<Appointment> handle(AppointmentCancel input, CallContext call) {
            writes.incrementAndGet();
            await(end);
            var cancelled = new Appointment(
                    input.appointment(), "cancelled", null, null, null, List.of(), null, null, null, null);
            return new ToolResult.Ok<>(cancelled, new Provenance("alpha", Instant.EPOCH, null));
        }

        @Override
        public Optional<Appointment> reconcile(AppointmentCancel input, String key, CallContext call) {
            return Optional.empty();
        }

        @Override
        public Optional<String> currentVersion(AppointmentCancel input, CallContext call) {
            return Optional.empty();
        }
    }

    /** Waits whatever anybody says, as code that does not heed interrupts does. */
    private static void await(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static ToolResult<Page<PatientMatch>> nobody() {
        return new ToolResult.Ok<>(Page.all(List.of()), new Provenance("alpha", Instant.EPOCH, null));
    }
}

package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehrhub.policy.Digests;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.routes.fakes.FakeLedger;
import org.ehrhub.routes.fakes.MuteEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A booking and its repetitions: at most one write, whatever happens between. */
class ToolCallRouteBookingTest {
    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 3);
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
    void booksShowsRefusesTheSecondAndCancels() {
        var slot = hub.slots("alpha").getFirst();

        var booked = create(slot, "");

        assertThat(booked.failed()).as(booked.text()).isFalse();
        assertThat(booked.json().get("status").stringValue()).isEqualTo("done");
        assertThat(booked.json().has("warnings")).isFalse();
        var reference = booked.json().get("item").get("appointment").stringValue();
        var list =
                hub.call("appointment.list", "{'patient':'alpha/Patient/a1'}").json();
        assertThat(list.get("items").findValuesAsString("appointment")).containsExactly(reference);

        assertThat(code(create(slot, ""))).isEqualTo("CONFLICT");

        var cancelled = hub.call("appointment.cancel", "{'appointment':'%s'}".formatted(reference));
        assertThat(cancelled.json().get("item").get("status").stringValue()).isEqualTo("cancelled");
        assertThat(hub.slots("alpha")).hasSize(3);
    }

    @Test
    void theSameKeyAndArgumentsGiveTheFirstAnswerAndOneWrite() {
        var slot = hub.slots("alpha").getFirst();

        var first = create(slot, "k1");
        var again = create(slot, "k1");

        assertThat(again.json().get("item")).isEqualTo(first.json().get("item"));
        assertThat(again.json().get("warnings").toString()).contains("nothing was written again");
        assertThat(alpha.calls("appointment.create")).isOne();
        assertThat(alpha.calls("appointment.create reconcile"))
                .as("read-back, then the repetition")
                .isEqualTo(2);
    }

    @Test
    void theSameKeyWithOtherArgumentsIsAConflict() {
        var slots = hub.slots("alpha");
        create(slots.getFirst(), "k1");

        assertThat(code(create(slots.getLast(), "k1"))).isEqualTo("CONFLICT");
        assertThat(alpha.calls("appointment.create")).isOne();
    }

    @Test
    void aRefusedWriteLeavesItsKeyFree() {
        var slot = hub.slots("alpha").getFirst();
        var first = create(slot, "");
        assertThat(code(create(slot, "k1"))).isEqualTo("CONFLICT");
        hub.call(
                "appointment.cancel",
                "{'appointment':'%s'}"
                        .formatted(first.json().get("item").get("appointment").stringValue()));

        assertThat(create(slot, "k1").failed()).isFalse();
    }

    @Test
    void eightCallsAtOnceWithOneKeyMakeOneWrite() throws Exception {
        var slot = hub.slots("alpha").getFirst();
        var gate = new CountDownLatch(1);
        alpha.slow(Duration.ofMillis(50));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> call = () -> {
                gate.await();
                return code(create(slot, "k1"));
            };
            var running =
                    IntStream.range(0, 8).mapToObj(i -> threads.submit(call)).toList();
            gate.countDown();
            var codes = new ArrayList<String>();
            for (var one : running) {
                codes.add(one.get());
            }

            assertThat(codes).contains("").allMatch(code -> code.isEmpty() || code.equals("CONFLICT"));
        }
        assertThat(alpha.calls("appointment.create")).isOne();
    }

    @Test
    void aLostAnswerIsFoundByReadBack() {
        var slot = hub.slots("alpha").getFirst();
        alpha.losesAnswers();

        var answer = create(slot, "k1");

        assertThat(answer.failed()).as(answer.text()).isFalse();
        assertThat(answer.json().get("item").get("status").stringValue()).isEqualTo("booked");
        assertThat(alpha.calls("appointment.create")).isOne();
        assertThat(hub.ledger().settled()).containsExactly(IdempotencyLedger.Outcome.DONE);
    }

    @Test
    void anUnknownOutcomeIsLookedUpBeforeAnyNewTry() throws Exception {
        var mute = new MuteEhr(alpha);
        try (var other = TestHub.of(mute.entry()).with(hub.ledger()).start()) {
            var slot = hub.slots("alpha").getFirst();
            var arguments = arguments(slot, "k1");

            assertThat(code(other.call("appointment.create", arguments))).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(code(other.call("appointment.create", arguments)))
                    .as("it still cannot be asked")
                    .isEqualTo("OUTCOME_UNKNOWN");
            assertThat(alpha.calls("appointment.create")).isOne();
            mute.speak();
            var found = other.call("appointment.create", arguments);

            assertThat(found.failed()).as(found.text()).isFalse();
            assertThat(found.json().get("warnings").toString()).contains("had done this");
            assertThat(alpha.calls("appointment.create")).isOne();
        }
    }

    @Test
    void aCrashAfterTheWriteIsFoundWhenTheHubIsBack() throws Exception {
        var slot = hub.slots("alpha").getFirst();
        create(slot, "k1");
        var ledger = new FakeLedger();
        claim(ledger);
        ledger.restart();
        try (var back = TestHub.of(alpha.entry()).with(ledger).start()) {
            var answer = back.call("appointment.create", arguments(slot, "k1"));

            assertThat(answer.failed()).as(answer.text()).isFalse();
            assertThat(alpha.calls("appointment.create")).isOne();
            assertThat(ledger.settled()).containsExactly(IdempotencyLedger.Outcome.DONE);
        }
    }

    @Test
    void aCrashBeforeTheWriteIsMadeUpFor() throws Exception {
        var slot = hub.slots("alpha").getFirst();
        var ledger = new FakeLedger();
        claim(ledger);
        ledger.restart();
        try (var back = TestHub.of(alpha.entry()).with(ledger).start()) {
            assertThat(back.call("appointment.create", arguments(slot, "k1")).failed())
                    .isFalse();
            assertThat(alpha.calls("appointment.create")).isOne();
        }
    }

    @Test
    void aDoneWriteIsNotCalledUnknownWhenItsEhrIsDown() {
        var slot = hub.slots("alpha").getFirst();
        create(slot, "k1");
        alpha.down();

        var answer = create(slot, "k1");

        assertThat(code(answer)).isEqualTo("EHR_UNAVAILABLE");
        assertThat(answer.text()).contains("was done before").contains("Nothing was written again");
        alpha.recover();
        assertThat(create(slot, "k1").failed()).isFalse();
    }

    private ToolAnswer create(String slot, String key) {
        return hub.call("appointment.create", arguments(slot, key));
    }

    private static String arguments(String slot, String key) {
        return "{'patient':'alpha/Patient/a1','slotRef':'%s'%s}"
                .formatted(slot, key.isEmpty() ? "" : ",'idempotencyKey':'" + key + "'");
    }

    /** What the ledger holds when the hub ends between claiming and settling. */
    private static void claim(FakeLedger ledger) {
        var key = IdempotencyLedger.key("ann", "appointment.create", "alpha", "k1", "-");
        ledger.claim(
                key,
                Digests.sha256(
                        "appointment.create",
                        "{\"patient\":\"alpha/Patient/a1\",\"slotRef\":"
                                + "{\"ehr\":\"alpha\",\"content\":\"slot-1\"},\"reason\":null}"));
    }
}

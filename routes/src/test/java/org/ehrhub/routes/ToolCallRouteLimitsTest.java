package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.routes.limits.EhrShares;
import org.ehrhub.routes.limits.Share;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

/** What callers and EHRs may use, and that none takes what belongs to another. */
class ToolCallRouteLimitsTest {
    private static final Caller EVE = new Caller("eve", Set.of("nurse"));
    private static final String SEARCH = "{'ehr':'alpha','family':'Hill'}";

    private final FakeClock clock = new FakeClock();
    private final FakeEhr alpha = FakeEhr.named("alpha", clock)
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withPatient("a2", "Hill", "Eve", "1950-01-01")
            .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 6);

    @Test
    void countsAWriteOnceForEachThatIsSentAndNoneThatTheLedgerAnswers() throws Exception {
        var setting =
                TestHub.of(alpha.entry()).with(limits(new Share(0, 0, 2, 0))).at(clock);
        try (var hub = setting.start()) {
            var slots = hub.slots("alpha");
            assertThat(code(create(hub, slots.get(0), "k1"))).isEmpty();
            assertThat(create(hub, slots.get(0), "k1").text()).contains("earlier call");
            assertThat(code(create(hub, slots.get(1), "k2"))).isEmpty();

            var third = create(hub, slots.get(2), "k3");

            assertThat(code(third)).isEqualTo("RATE_LIMITED");
            assertThat(third.text()).contains("00:00 UTC", "900 minutes");
            assertThat(alpha.calls("appointment.create")).isEqualTo(2);
            assertThat(hub.call("patient.search", SEARCH).failed())
                    .as("reads go on")
                    .isFalse();
        }
        try (var later = setting.start()) {
            var slot = later.slots("alpha").getLast();
            assertThat(code(create(later, slot, "k4"))).as("after a restart").isEqualTo("RATE_LIMITED");
            clock.advance(Duration.ofHours(15));
            assertThat(code(create(later, slot, "k5"))).as("the next day").isEmpty();
        }
    }

    @Test
    void countsNoWriteThatWasNotSent() throws Exception {
        try (var hub = TestHub.of(alpha.entry())
                .with(limits(new Share(0, 0, 1, 0)))
                .at(clock)
                .start()) {
            var slot = hub.slots("alpha").getFirst();
            alpha.down();
            assertThat(code(create(hub, slot, "k1"))).isEqualTo("EHR_UNAVAILABLE");
            alpha.recover();

            assertThat(code(create(hub, slot, "k2"))).isEmpty();
        }
    }

    @Test
    void aRefusedWriteLeavesItsKeyFree() throws Exception {
        try (var hub = TestHub.of(alpha.entry())
                .with(limits(new Share(0, 0, 1, 0)))
                .at(clock)
                .start()) {
            var slots = hub.slots("alpha");
            create(hub, slots.get(0), "k1");
            assertThat(code(create(hub, slots.get(1), "k2"))).isEqualTo("RATE_LIMITED");
            clock.advance(Duration.ofDays(1));

            assertThat(code(create(hub, slots.get(1), "k2"))).isEmpty();
        }
    }

    @Test
    void showsNoMoreRowsOnceTheDaysAreUsedUpAndSaysBeforeThatTheyWillBe() throws Exception {
        try (var hub = TestHub.of(alpha.entry())
                .with(limits(new Share(0, 0, 0, 5)))
                .at(clock)
                .start()) {
            assertThat(hub.call("ehr.list", "{}").text()).doesNotContain("limits");
            hub.call("patient.search", SEARCH);
            hub.call("patient.search", SEARCH);
            assertThat(hub.call("ehr.list", "{}").text()).contains("1 of 5 rows of yours are left today");
            hub.call("patient.search", SEARCH);

            assertThat(code(hub.call("patient.search", SEARCH))).isEqualTo("RATE_LIMITED");
            assertThat(hub.call(EVE, "patient.search", SEARCH).failed())
                    .as("each caller has its own")
                    .isFalse();
            clock.advance(Duration.ofDays(1));
            assertThat(hub.call("patient.search", SEARCH).failed()).isFalse();
        }
    }

    /** The slow EHR's calls are held by a latch, so nothing here depends on how fast the machine is. */
    @Test
    void aSlowEhrAndANoisyCallerTakeNobodyElsesPlaces() throws Exception {
        var open = new CountDownLatch(1);
        var arrived = new CountDownLatch(4);
        var slow = new ScriptedEhr(ToolHandlers.builder()
                .onList(PatientTools.SEARCH, (input, call) -> {
                    arrived.countDown();
                    await(open);
                    return nobody();
                })
                .build());
        try (var hub = TestHub.of(slow.entry("slow"), alpha.entry())
                        .with(new Limits(Duration.ofSeconds(20), 16 * 1024, new Share(8, 0, 0, 0), Share.OPEN))
                        .start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> hub.call("patient.search", "{'ehr':'slow','family':'Hill'}"));
            }
            arrived.await();

            var fifth = hub.call("patient.search", "{'ehr':'slow','family':'Hill'}");
            assertThat(fifth.text())
                    .as("half of the places is all that one caller gets")
                    .contains("RATE_LIMITED");
            assertThat(hub.call("patient.search", SEARCH).failed())
                    .as("another EHR has its own places")
                    .isFalse();
            var other = threads.submit(() -> hub.call(EVE, "patient.search", "{'ehr':'slow','family':'Hill'}"));
            open.countDown();
            assertThat(other.get().failed()).as("another caller finds one").isFalse();
        }
    }

    @Test
    void aCallerWhoComesTooOftenIsRefusedBeforeAnythingIsDone() throws Exception {
        try (var hub = TestHub.of(alpha.entry())
                .with(limits(new Share(0, 2, 0, 0)))
                .at(clock)
                .start()) {
            hub.call("patient.search", SEARCH);
            hub.call("patient.search", SEARCH);

            assertThat(code(hub.call("patient.search", SEARCH))).isEqualTo("RATE_LIMITED");
            assertThat(alpha.calls("patient.search")).isEqualTo(2);
            assertThat(hub.trail().records()).hasSize(2);
            assertThat(hub.call(EVE, "patient.search", SEARCH).failed()).isFalse();
        }
    }

    @Test
    void tellsWhoeverWatchesHowEveryCallEnded() throws Exception {
        try (var hub = TestHub.of(alpha.entry()).at(clock).start()) {
            hub.call("patient.search", SEARCH);
            hub.call("patient.get", "{'patient':'alpha/Patient/none'}");
            hub.call("patient.get", "{'patient':'Ada Hill'}");

            assertThat(hub.watched())
                    .extracting(CallWatch.Ended::outcomes)
                    .containsExactly(Map.of("alpha", "ok"), Map.of("alpha", "NOT_FOUND"), Map.of("", "INVALID_INPUT"));
        }
    }

    @Test
    void anEhrWithLimitsOfItsOwnHasThoseAndTheOthersHaveTheUsual() throws Exception {
        var beta = FakeEhr.named("beta", clock).withPatient("b1", "Hill", "Ada", "1948-03-21");
        var shares = new EhrShares(new Share(64, 0, 0, 0), Map.of("alpha", new Share(64, 0, 1, 3)));
        try (var hub = TestHub.of(alpha.entry(), beta.entry())
                .with(new Limits(Duration.ofSeconds(20), 16 * 1024, shares, Share.OPEN))
                .at(clock)
                .start()) {
            var slots = hub.slots("alpha");
            create(hub, slots.get(0), "k1");
            assertThat(create(hub, slots.get(1), "k2").text()).contains("RATE_LIMITED", "writes of `alpha`");

            hub.call("patient.search", SEARCH);
            assertThat(hub.call("patient.search", SEARCH).text()).contains("RATE_LIMITED", "rows of `alpha`");
            for (int i = 0; i < 5; i++) {
                assertThat(hub.call("patient.search", SEARCH.replace("alpha", "beta"))
                                .failed())
                        .isFalse();
            }
            var rows = hub.call("ehr.list", "{}").json().get("items");
            assertThat(rows.get(0).get("limits").toString()).contains("0 of 3 rows of this EHR's are left today");
            assertThat(rows.get(1).has("limits")).isFalse();
        }
    }

    private static Limits limits(Share caller) {
        return new Limits(Duration.ofSeconds(20), 16 * 1024, Share.EHR, caller);
    }

    private static ToolAnswer create(TestHub hub, String slot, String key) {
        return hub.call(
                "appointment.create",
                "{'patient':'alpha/Patient/a1','slotRef':'%s','idempotencyKey':'%s'}".formatted(slot, key));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ToolResult<Page<PatientMatch>> nobody() {
        return new ToolResult.Ok<>(Page.all(List.of()), new Provenance("slow", Instant.EPOCH, null));
    }
}

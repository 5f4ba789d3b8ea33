package org.ehrhub.routes.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.routes.fakes.FakeClock;
import org.junit.jupiter.api.Test;

class CallerLimitsTest {
    private final FakeClock clock = new FakeClock();

    @Test
    void aCallerThatCallsTooOftenIsToldWhenToComeBackAndOthersAreNotAffected() {
        var limits = new CallerLimits(new Share(0, 3, 0, 0), clock);
        var answers = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            answers.add(call(limits, "noisy"));
        }

        assertThat(answers)
                .containsExactly(
                        "done",
                        "done",
                        "done",
                        "Nothing was sent. Wait 1 second and call again.",
                        "Nothing was sent. Wait 1 second and call again.");
        assertThat(call(limits, "ann")).isEqualTo("done");
        assertThat(limits.refusedByPace()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(call(limits, "noisy")).isEqualTo("done");
    }

    @Test
    void holdsNobodyToMoreThanTheirOwnCallsAtOnce() {
        var limits = new CallerLimits(new Share(1, 0, 0, 0), clock);

        var inner = limits.within(
                "ann", () -> List.of(call(limits, "ann"), call(limits, "bob")), refused -> List.<String>of());

        assertThat(inner.getFirst()).contains("Wait for an answer");
        assertThat(inner.getLast()).isEqualTo("done");
        assertThat(call(limits, "ann")).as("the place is free again").isEqualTo("done");
        assertThat(limits.underWay()).isZero();
    }

    @Test
    void remembersABoundedNumberOfCallers() {
        var limits = new CallerLimits(Share.CALLER, clock);
        for (int i = 0; i < 25_000; i++) {
            call(limits, "caller " + i);
        }

        assertThat(limits.known()).isEqualTo(10_000);
    }

    @Test
    void doesNotForgetACallerWithACallUnderWay() {
        var limits = new CallerLimits(new Share(1, 0, 0, 0), clock);

        var again = limits.within(
                "ann",
                () -> {
                    for (int i = 0; i < 15_000; i++) {
                        call(limits, "caller " + i);
                    }
                    return call(limits, "ann");
                },
                refused -> "refused");

        assertThat(again).contains("Wait for an answer");
    }

    private static String call(CallerLimits limits, String who) {
        return limits.within(who, () -> "done", refused -> refused.hint());
    }
}

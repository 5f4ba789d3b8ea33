package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.routes.limits.EhrShares;
import org.ehrhub.routes.limits.Share;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EhrLimitsTest {
    private static final Supplier<ToolResult<?>> OK = SampleCalls::page;

    @ParameterizedTest
    @EnumSource(names = {"EHR_UNAVAILABLE", "OUTCOME_UNKNOWN"})
    void leavesAnEhrAloneThatKeepsFailing(ErrorCode code) {
        var limits = limits(64, 0);
        repeat(10, () -> limits.run("alpha", "ann", failing(code)));

        assertThat(code(limits.run("alpha", "ann", EhrLimitsTest::untouched))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(limits.run("beta", "ann", OK)).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void aRefusalIsNoTrouble() {
        var limits = limits(64, 0);
        repeat(30, () -> limits.run("alpha", "ann", failing(ErrorCode.NOT_FOUND)));

        assertThat(limits.run("alpha", "ann", OK)).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void aCallThatThrowsIsTroubleAndGivesItsPlaceBack() {
        var limits = limits(1, 0);
        repeat(
                10,
                () -> assertThatThrownBy(() -> limits.run("alpha", "ann", () -> {
                            throw new IllegalStateException();
                        }))
                        .isInstanceOf(IllegalStateException.class));

        assertThat(code(limits.run("alpha", "ann", EhrLimitsTest::untouched))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    @Test
    void letsNoMoreCallsInThanThereArePlaces() {
        var limits = limits(1, 0);

        var inner = new ToolResult<?>[1];
        limits.run("alpha", "ann", () -> {
            inner[0] = limits.run("alpha", "ann", EhrLimitsTest::untouched);
            return SampleCalls.page();
        });

        assertThat(code(inner[0])).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(limits.run("alpha", "ann", OK)).as("the place is free again").isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void anEhrMayHavePlacesOfItsOwn() {
        var shares = new EhrShares(new Share(2, 0, 0, 0), Map.of("alpha", new Share(1, 0, 0, 0)));
        var limits = new EhrLimits(new Limits(Duration.ofSeconds(1), 1000, shares, Share.OPEN), InstantSource.system());

        assertThat(limits.load("alpha").places()).isEqualTo(1);
        assertThat(limits.load("beta").places()).isEqualTo(2);
    }

    @Test
    void keepsThePace() {
        var limits = limits(64, 2);
        var codes = IntStream.range(0, 10)
                .mapToObj(i -> limits.run("alpha", "ann", OK))
                .map(EhrLimitsTest::code)
                .toList();

        assertThat(codes).contains(ErrorCode.RATE_LIMITED);
        assertThat(codes.getFirst()).isNull();
    }

    @Test
    void letsOneCallTryAnEhrThatWasLeftAloneAndTheRestInWhenItWentWell() {
        var clock = new FakeClock();
        var limits = new EhrLimits(new Limits(Duration.ofSeconds(1), 64, 0, 1000), clock);
        repeat(10, () -> limits.run("alpha", "ann", failing(ErrorCode.EHR_UNAVAILABLE)));
        assertThat(limits.load("alpha").breaker()).isEqualTo("open");
        clock.advance(Duration.ofSeconds(6));

        var beside = new ToolResult<?>[1];
        var first = limits.run("alpha", "ann", () -> {
            beside[0] = limits.run("alpha", "bob", EhrLimitsTest::untouched);
            return SampleCalls.page();
        });

        assertThat(first).isInstanceOf(ToolResult.Ok.class);
        assertThat(code(beside[0])).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(limits.load("alpha").breaker()).isEqualTo("closed");
        assertThat(limits.run("alpha", "bob", OK)).isInstanceOf(ToolResult.Ok.class);
        assertThat(limits.load("alpha").refusedByBreaker()).isOne();
    }

    @Test
    void leavesAnEhrAloneAgainWhenTheTryFails() {
        var clock = new FakeClock();
        var limits = new EhrLimits(new Limits(Duration.ofSeconds(1), 64, 0, 1000), clock);
        repeat(10, () -> limits.run("alpha", "ann", failing(ErrorCode.EHR_UNAVAILABLE)));
        clock.advance(Duration.ofSeconds(6));
        limits.run("alpha", "ann", failing(ErrorCode.EHR_UNAVAILABLE));

        assertThat(code(limits.run("alpha", "ann", EhrLimitsTest::untouched))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(limits.load("alpha").words()).containsExactly("it is left alone for seconds after failures");
    }

    private static ToolResult<?> untouched() {
        throw new AssertionError("It must not be asked");
    }

    private static EhrLimits limits(int concurrentCalls, int callsPerSecond) {
        return new EhrLimits(
                new Limits(Duration.ofSeconds(1), concurrentCalls, callsPerSecond, 1000), InstantSource.system());
    }

    private static Supplier<ToolResult<?>> failing(ErrorCode code) {
        return () -> ToolResult.failed(code, "m", "h");
    }

    private static ErrorCode code(ToolResult<?> result) {
        return result instanceof ToolResult.Failed<?> failed ? failed.code() : null;
    }

    private static void repeat(int times, Runnable what) {
        for (var i = 0; i < times; i++) {
            what.run();
        }
    }
}

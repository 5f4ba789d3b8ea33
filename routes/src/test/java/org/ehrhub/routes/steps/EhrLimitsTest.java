package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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
        repeat(10, () -> limits.run("alpha", failing(code)));

        assertThat(code(limits.run("alpha", EhrLimitsTest::untouched))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(limits.run("beta", OK)).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void aRefusalIsNoTrouble() {
        var limits = limits(64, 0);
        repeat(30, () -> limits.run("alpha", failing(ErrorCode.NOT_FOUND)));

        assertThat(limits.run("alpha", OK)).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void aCallThatThrowsIsTroubleAndGivesItsPlaceBack() {
        var limits = limits(1, 0);
        repeat(
                10,
                () -> assertThatThrownBy(() -> limits.run("alpha", () -> {
                            throw new IllegalStateException();
                        }))
                        .isInstanceOf(IllegalStateException.class));

        assertThat(code(limits.run("alpha", EhrLimitsTest::untouched))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    @Test
    void letsNoMoreCallsInThanThereArePlaces() {
        var limits = limits(1, 0);

        var inner = new ToolResult<?>[1];
        limits.run("alpha", () -> {
            inner[0] = limits.run("alpha", EhrLimitsTest::untouched);
            return SampleCalls.page();
        });

        assertThat(code(inner[0])).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(limits.run("alpha", OK)).as("the place is free again").isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void keepsThePace() {
        var limits = limits(64, 2);
        var codes = IntStream.range(0, 10)
                .mapToObj(i -> limits.run("alpha", OK))
                .map(EhrLimitsTest::code)
                .toList();

        assertThat(codes).contains(ErrorCode.RATE_LIMITED);
        assertThat(codes.getFirst()).isNull();
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

package org.ehrhub.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.testkit.faults.Fault.On;
import org.ehrhub.tools.ErrorCode;

/** What is wrong with a {@link FakeEhr}. */
record FakeFault(boolean healthy, boolean ignoresFilters, boolean losesAnswers, On on, Runnable onArrival) {
    static final FakeFault NONE = new FakeFault(true, false, false, On.EVERYTHING, () -> {});
    static final FakeFault IGNORING_FILTERS = new FakeFault(true, true, false, On.EVERYTHING, () -> {});
    static final FakeFault LOSING_ANSWERS = new FakeFault(true, false, true, On.WRITES, () -> {});
    static final FakeFault HANGING = unhealthy(() -> pause(Duration.ofDays(1), ErrorCode.EHR_UNAVAILABLE));

    static FakeFault slow(Duration delay) {
        return new FakeFault(true, false, false, On.EVERYTHING, () -> pause(delay, ErrorCode.EHR_UNAVAILABLE));
    }

    static FakeFault failing(ErrorCode code, String message, String hint) {
        return unhealthy(() -> {
            throw new EhrFailure(code, message, hint);
        });
    }

    static FakeFault throwing(String text) {
        return unhealthy(() -> {
            throw new IllegalStateException(text);
        });
    }

    /** A fault of a real EHR as its adapter would answer it. */
    static FakeFault of(Fault fault, On on) {
        var unclear = on == On.WRITES ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.EHR_UNAVAILABLE;
        return switch (fault) {
            case DOWN -> failing(unclear).on(on);
            case HANGS -> unhealthy(() -> pause(Duration.ofDays(1), unclear)).on(on);
            case SLOW -> slow(Duration.ofMillis(Fault.SLOW_MILLIS)).on(on);
            case LOSES_ANSWERS -> LOSING_ANSWERS;
            case BUSY -> failing(ErrorCode.RATE_LIMITED).on(on);
            case FORBIDS -> failing(ErrorCode.DENIED).on(on);
            default -> throw new IllegalArgumentException("A fake EHR cannot do " + fault);
        };
    }

    void strike() {
        onArrival.run();
    }

    private FakeFault on(On which) {
        return new FakeFault(healthy, ignoresFilters, losesAnswers, which, onArrival);
    }

    private static FakeFault failing(ErrorCode code) {
        return failing(code, "The EHR did not do it.", "Try again later.");
    }

    private static FakeFault unhealthy(Runnable onArrival) {
        return new FakeFault(false, false, false, On.EVERYTHING, onArrival);
    }

    private static void pause(Duration length, ErrorCode after) {
        try {
            // A latch nobody opens waits like a socket does: until its time is over or it is interrupted.
            boolean opened = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
            assert !opened;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EhrFailure(after, "The EHR did not answer in time.", "Try again later.");
        }
    }
}

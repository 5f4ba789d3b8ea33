package org.ehrhub.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/** What is wrong with a {@link FakeEhr}. */
record FakeFault(boolean healthy, boolean ignoresFilters, boolean losesAnswers, Runnable onArrival) {
    static final FakeFault NONE = new FakeFault(true, false, false, () -> {});
    static final FakeFault IGNORING_FILTERS = new FakeFault(true, true, false, () -> {});
    static final FakeFault LOSING_ANSWERS = new FakeFault(true, false, true, () -> {});
    static final FakeFault HANGING = unhealthy(() -> pause(Duration.ofDays(1)));

    static FakeFault slow(Duration delay) {
        return new FakeFault(true, false, false, () -> pause(delay));
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

    void strike() {
        onArrival.run();
    }

    private static FakeFault unhealthy(Runnable onArrival) {
        return new FakeFault(false, false, false, onArrival);
    }

    private static void pause(Duration length) {
        try {
            // A latch nobody opens waits like a socket does: until its time is over or it is interrupted.
            boolean opened = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
            assert !opened;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR did not answer in time.", "Try again later.");
        }
    }
}

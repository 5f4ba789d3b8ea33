package org.ehrhub.routes.limits;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/** Holds each caller to a pace and to so many calls at once, before anything is done for the call. */
public final class CallerLimits {
    private final Share share;
    private final LatelyUsed<Desk> desks;
    private final LongAdder tooFast = new LongAdder();
    private final LongAdder tooMany = new LongAdder();
    private final AtomicInteger underWay = new AtomicInteger();

    /** The same share for each caller. */
    public CallerLimits(Share share, InstantSource clock) {
        this.share = share;
        this.desks = new LatelyUsed<>(
                () -> new Desk(new Pace(share.callsPerSecond(), clock)), desk -> desk.underWay.get() == 0);
    }

    /** What one caller has under way. */
    private record Desk(Pace pace, AtomicInteger underWay) {
        Desk(Pace pace) {
            this(pace, new AtomicInteger());
        }
    }

    /** Does a caller's work, or refuses it with {@code RATE_LIMITED}. */
    public <T> T within(String principal, Supplier<T> work, Function<ToolResult.Failed<?>, T> refused) {
        var desk = desks.of(principal);
        var refusal = enter(desk);
        if (refusal.isPresent()) {
            return refused.apply(refusal.get());
        }
        underWay.incrementAndGet();
        try {
            return work.get();
        } finally {
            underWay.decrementAndGet();
            desk.underWay.decrementAndGet();
        }
    }

    private Optional<ToolResult.Failed<?>> enter(Desk desk) {
        if (desk.underWay.incrementAndGet() > share.atOnce() && share.atOnce() > 0) {
            desk.underWay.decrementAndGet();
            tooMany.increment();
            return Optional.of(ToolResult.failed(
                    ErrorCode.RATE_LIMITED,
                    "You have as many calls under way as the hub allows one caller: " + share.atOnce(),
                    "Nothing was sent. Wait for an answer before you make another call."));
        }
        if (!desk.pace.take("")) {
            desk.underWay.decrementAndGet();
            tooFast.increment();
            return Optional.of(ToolResult.failed(
                    ErrorCode.RATE_LIMITED,
                    "You call more often than the hub allows one caller: " + share.callsPerSecond() + " times a second",
                    "Nothing was sent. Wait 1 second and call again."));
        }
        return Optional.empty();
    }

    /** How many calls are under way. */
    public int underWay() {
        return underWay.get();
    }

    /** How many calls were refused because their caller came too often. */
    public long refusedByPace() {
        return tooFast.sum();
    }

    /** How many calls were refused because their caller had too many under way. */
    public long refusedByPlaces() {
        return tooMany.sum();
    }

    int known() {
        return desks.size();
    }
}

package org.ehrhub.mllp.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets so many messages through in a second, and makes the others wait: those of a tenth of a second may come at once, so that a
 * sender is not held back for being uneven. Safe for use by many threads.
 */
final class Pace implements AutoCloseable {
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long interval;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long next;

    /** A pace of so many messages a second; 0 for any. */
    Pace(int perSecond) {
        this(perSecond, System::nanoTime);
    }

    Pace(int perSecond, LongSupplier nanoTime) {
        if (perSecond < 0) {
            throw new IllegalArgumentException("A rate is not negative");
        }
        this.interval = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Waits for a message's turn; whether it came before the end. */
    boolean await() {
        try {
            return !closed.await(interval == 0 ? 0 : turn(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes a turn; gives how long it is until then, in nanoseconds. */
    synchronized long turn() {
        long now = nanoTime.getAsLong();
        long mine = Math.max(next, now - BURST_NANOS);
        next = mine + interval;
        return Math.max(0, mine - now);
    }

    /** Nobody waits any longer, and nothing more comes through. */
    @Override
    public void close() {
        closed.countDown();
    }
}

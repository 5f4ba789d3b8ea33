package org.ehrhub.mllp.sockets;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** When a peer that could not be reached may be tried again. Safe for use by many threads. */
public final class Backoff {
    private final Reconnect reconnect;
    private final LongSupplier nanoTime;
    private long delay;
    private long rest;
    private long failed;

    /** A peer that may be tried at once. */
    public Backoff(Reconnect reconnect) {
        this(reconnect, System::nanoTime);
    }

    Backoff(Reconnect reconnect, LongSupplier nanoTime) {
        this.reconnect = reconnect;
        this.nanoTime = nanoTime;
        succeeded();
    }

    /** How long until it may be tried; nothing where it may be now. */
    public synchronized Duration left() {
        return Duration.ofNanos(Math.max(0, rest - (nanoTime.getAsLong() - failed)));
    }

    /** It could not be reached, or was lost. The rest is up to a quarter shorter, so that many do not come back at once. */
    public synchronized void failed() {
        failed = nanoTime.getAsLong();
        rest = delay - ThreadLocalRandom.current().nextLong(delay / 4 + 1);
        delay = Math.min(2 * delay, reconnect.most().toNanos());
    }

    /** It was reached. */
    public synchronized void succeeded() {
        rest = 0;
        delay = reconnect.first().toNanos();
    }
}

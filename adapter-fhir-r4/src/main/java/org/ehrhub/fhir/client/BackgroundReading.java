package org.ehrhub.fhir.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is known of a server and read in the background, by one thread at a time: again each hour, and a minute later
 * where it could not be had.
 */
public final class BackgroundReading {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final String name;
    private final InstantSource clock;
    private final BooleanSupplier work;
    private final AtomicReference<@Nullable Thread> reading = new AtomicReference<>();
    private volatile @Nullable Instant due;
    private volatile boolean closed;

    /**
     * A reading that has not begun.
     *
     * @param name of its threads
     * @param work reads it and keeps what it has read; says whether it could be had
     */
    public BackgroundReading(String name, InstantSource clock, BooleanSupplier work) {
        this.name = name;
        this.clock = clock;
        this.work = work;
    }

    /** Begins to read it anew where what was read is old; not before it was read or tried to be read for the first time. */
    public void renew() {
        if (due != null) {
            begin();
        }
    }

    /** Begins to read it where that is due, and waits a while for the end of a reading that is under way. */
    public void learn(Duration wait) {
        var thread = begin();
        if (thread != null && wait.isPositive()) {
            try {
                thread.join(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reads no more. */
    public void close() {
        closed = true;
        var thread = reading.get();
        if (thread != null) {
            thread.interrupt();
        }
    }

    private @Nullable Thread begin() {
        var next = due;
        if (closed || (next != null && clock.instant().isBefore(next))) {
            return reading.get();
        }
        var thread = Thread.ofVirtual().name(name).unstarted(this::read);
        if (reading.compareAndSet(null, thread)) {
            thread.start();
        }
        return reading.get();
    }

    private void read() {
        var now = clock.instant();
        var next = now.plus(AGAIN);
        try {
            next = now.plus(work.getAsBoolean() ? KEPT : AGAIN);
        } catch (IllegalStateException e) {
            if (!closed) {
                throw e; // else the connections were closed meanwhile
            }
        } finally {
            due = next;
            reading.set(null);
        }
    }
}

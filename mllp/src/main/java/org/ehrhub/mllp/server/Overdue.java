package org.ehrhub.mllp.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something about what takes too long; a socket has a time limit for reading but none for writing. */
final class Overdue implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mllp-overdue").factory());

    /** Work that may fail. */
    @FunctionalInterface
    interface Work<E extends Exception> {
        void run() throws E;
    }

    /** Does work; where it is not done within the limit, also what is done about it. */
    <E extends Exception> void within(Duration limit, Work<E> work, Runnable late) throws E {
        var alarm = timer.schedule(late, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            work.run();
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

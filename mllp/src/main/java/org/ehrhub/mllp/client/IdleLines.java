package org.ehrhub.mllp.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that wait to be used; of those that are there the one that was used last comes first. */
final class IdleLines implements AutoCloseable {
    private final LinkedBlockingDeque<Line> lines = new LinkedBlockingDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final int most;

    /** A place for so many at a time. */
    IdleLines(int most) {
        this.most = most;
    }

    /** One that its peer has not ended meanwhile, as soon as there is one within the limit. */
    @Nullable
    Line take(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            var line = lines.pollLast();
            while (!isClosed()) {
                if (line != null && line.isOpen()) {
                    return line;
                }
                close(line);
                line = lines.pollLast(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    return null;
                }
            }
            close(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** Keeps one, and closes the oldest where there is no place for all. */
    void keep(Line line) {
        lines.addLast(line);
        while (lines.size() > most || isClosed()) {
            var oldest = lines.pollFirst();
            if (oldest == null) {
                return;
            }
            oldest.close();
        }
    }

    /** Keeps one that can be used again; closes it else. */
    void giveBack(Line line) {
        if (line.isUsable()) {
            keep(line);
        } else {
            line.close();
        }
    }

    /** Sends something that means nothing over the one that was not used for longest. */
    void touch() {
        var line = lines.pollFirst();
        if (line == null) {
            return;
        }
        if (line.isOpen() && line.touch()) {
            keep(line);
        } else {
            line.close();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits so long, or until it is closed. */
    void rest(Duration length) {
        try {
            closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(@Nullable Line line) {
        if (line != null) {
            line.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        for (var line = lines.pollFirst(); line != null; line = lines.pollFirst()) {
            line.close();
        }
    }
}

package org.ehrhub.store.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Tells those who wait for messages of a channel that there may be some. A ring that nobody heard is not lost. */
final class Bells {
    private final Map<Integer, Bell> bells = new ConcurrentHashMap<>();

    private static final class Bell {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition change = lock.newCondition();
        private long rung = 1;
        private long heard;
        private int waiting;

        private <T> T locked(Supplier<T> work) {
            lock.lock();
            try {
                return work.get();
            } finally {
                lock.unlock();
            }
        }
    }

    private Bell bell(int channel) {
        return bells.computeIfAbsent(channel, number -> new Bell());
    }

    /** To be asked before one looks for messages. */
    long rung(int channel) {
        var bell = bell(channel);
        return bell.locked(() -> bell.rung);
    }

    /** There was nothing more after that ring: who waits now waits for another one. */
    void heard(int channel, long ring) {
        var bell = bell(channel);
        bell.locked(() -> bell.heard = Math.max(bell.heard, ring));
    }

    /** Wakes one who waits. */
    void ring(int channel) {
        var bell = bell(channel);
        bell.locked(() -> {
            bell.rung++;
            bell.change.signal(); // one, which rings for the next when there is more
            return bell.rung;
        });
    }

    void await(int channel, Duration most) throws InterruptedException {
        var bell = bell(channel);
        bell.lock.lockInterruptibly();
        try {
            bell.waiting++;
            var left = most.toNanos();
            while (bell.rung <= bell.heard && left > 0) {
                left = bell.change.awaitNanos(left);
            }
        } finally {
            bell.waiting--;
            bell.lock.unlock();
        }
    }

    /** The channels for whose messages somebody waits. */
    List<Integer> awaited() {
        return bells.entrySet().stream()
                .filter(entry -> entry.getValue().locked(() -> entry.getValue().waiting) > 0)
                .map(Map.Entry::getKey)
                .toList();
    }
}

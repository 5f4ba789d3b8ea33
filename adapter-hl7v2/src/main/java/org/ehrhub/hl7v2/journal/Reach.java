package org.ehrhub.hl7v2.journal;

import java.time.Duration;

/**
 * Whether a channel's destination can be reached. Where it cannot, the whole channel rests, longer each time: all of its messages
 * would fare alike, and the first attempt after the destination is back is not far away.
 */
final class Reach {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Retries retries;
    private int misses;
    private long until = System.nanoTime();

    Reach(Retries retries) {
        this.retries = retries;
    }

    synchronized void reached() {
        misses = 0;
        until = System.nanoTime();
    }

    /** Notes that it could not be reached; what was under way at the same time counts once. */
    synchronized void missed() {
        if (left().isZero()) {
            misses++;
            var rest = retries.rest(misses);
            until = System.nanoTime() + (rest.compareTo(LONGEST) < 0 ? rest : LONGEST).toNanos();
        }
    }

    /** How long the channel still rests. */
    synchronized Duration left() {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }
}

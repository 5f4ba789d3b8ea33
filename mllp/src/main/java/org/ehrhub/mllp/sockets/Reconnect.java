package org.ehrhub.mllp.sockets;

import java.time.Duration;

/**
 * How long a peer that could not be reached is left alone: after each failure twice as long as after the last one.
 *
 * @param first after the first failure
 * @param most never longer
 */
public record Reconnect(Duration first, Duration most) {
    /** Half a second, and never more than half a minute. */
    public static final Reconnect USUAL = new Reconnect(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Refuses what would never rest. */
    public Reconnect {
        if (!first.isPositive() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("A peer rests for longer than no time, and at most as long as it may");
        }
    }
}

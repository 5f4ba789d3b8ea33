package org.ehrhub.fhir.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often a login was of no use lately. Login servers count what they are asked, each address by itself: one that keeps
 * refusing the hub is not asked again for each call.
 */
final class VainLogins {
    private static final int MOST = 5;
    private static final Duration LATELY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Deque<Instant> times = new ArrayDeque<>();

    VainLogins(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void note() {
        times.addLast(clock.instant());
    }

    /** Whether there were so many that one more would be too much. */
    synchronized boolean tooMany() {
        var since = clock.instant().minus(LATELY);
        while (!times.isEmpty() && !times.getFirst().isAfter(since)) {
            times.removeFirst();
        }
        return times.size() >= MOST;
    }
}

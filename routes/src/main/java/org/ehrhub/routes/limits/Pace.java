package org.ehrhub.routes.limits;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * So many calls a second and no more, shared by those who ask: while several do, none gets more than is left to the others, so
 * that a newcomer waits a second at most. Knows nobody for longer than two seconds.
 */
public final class Pace {
    private final int most;
    private final InstantSource clock;
    private final Map<String, Integer> now = new HashMap<>();
    private final Set<String> before = new HashSet<>();
    private long second;
    private int used;

    /** A pace of so many a second; 0 for as many as come. */
    public Pace(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Whether one more may go on now. */
    public synchronized boolean take(String who) {
        if (most == 0) {
            return true;
        }
        turn(clock.instant().getEpochSecond());
        var mine = now.merge(who, 0, Integer::sum);
        var left = most - used;
        if (left <= 0 || (!isAlone(who) && mine > 0 && mine >= left)) {
            return false;
        }
        now.put(who, mine + 1);
        used++;
        return true;
    }

    private boolean isAlone(String who) {
        return now.size() == 1 && (before.isEmpty() || (before.size() == 1 && before.contains(who)));
    }

    private void turn(long to) {
        if (to == second) {
            return;
        }
        before.clear();
        if (to == second + 1) {
            before.addAll(now.keySet());
        }
        now.clear();
        used = 0;
        second = to;
    }
}

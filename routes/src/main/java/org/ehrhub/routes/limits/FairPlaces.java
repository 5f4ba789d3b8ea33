package org.ehrhub.routes.limits;

import java.util.HashMap;
import java.util.Map;

/**
 * Places for calls under way. Nobody holds more of them than are still free, so there is one left for whoever comes next:
 * alone, a caller has half of them. Remembers only those who hold one.
 */
public final class FairPlaces {
    private final int places;
    private final Map<String, Integer> held = new HashMap<>();
    private int taken;

    /** So many places. */
    public FairPlaces(int places) {
        this.places = places;
    }

    /** Takes a place, if there is one for this caller. */
    public synchronized boolean take(String who) {
        var free = places - taken;
        var mine = held.getOrDefault(who, 0);
        if (free == 0 || (mine > 0 && mine >= free)) {
            return false;
        }
        held.put(who, mine + 1);
        taken++;
        return true;
    }

    /** Gives a place back. */
    public synchronized void give(String who) {
        held.computeIfPresent(who, (name, mine) -> mine == 1 ? null : mine - 1);
        taken--;
    }

    /** How many are taken. */
    public synchronized int taken() {
        return taken;
    }
}

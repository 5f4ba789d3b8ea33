package org.ehrhub.hl7v2.journal;

import java.time.Duration;
import org.ehrhub.adapters.journal.Settlement;

/**
 * When a message is tried again, and when it is given up.
 *
 * @param first how long it rests after the first attempt; twice as long after each further one
 * @param most how long it rests at most
 * @param attempts after how many it is given up; 0 for never
 * @param refused what becomes of one that its receiver refuses
 */
record Retries(Duration first, Duration most, int attempts, Refused refused) {
    private static final int MOST_DOUBLINGS = 30;

    /** What becomes of a message that its receiver refuses. */
    public enum Refused {
        /** It is given up at once: sent again unchanged it would be refused again. */
        DEAD,
        /** It is tried again. */
        RETRY
    }

    /** What becomes of a message whose attempt of this number did not go well. */
    Settlement after(int attempt, String reason) {
        return attempts > 0 && attempt >= attempts
                ? new Settlement.Dead(reason + "; given up after " + attempt + " attempts")
                : new Settlement.Retry(rest(attempt), reason);
    }

    /** How long it rests after the attempt of this number. */
    Duration rest(int attempt) {
        var doubled = first.multipliedBy(1L << Math.clamp(attempt - 1L, 0, MOST_DOUBLINGS));
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}

package org.ehrhub.medplum.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is left of one of the server's limits, in its units, until it begins anew; to be used under a lock. */
final class Quota {
    private static final long UNKNOWN = Long.MAX_VALUE;

    /** The seconds that the server tells are rounded. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private long most;
    private long left = UNKNOWN;
    private long underWay;
    private @Nullable Instant anew;

    /** Whether there is room for so much more; what is more than there ever was has room where nothing is used yet. */
    boolean has(long cost, Instant now) {
        if (anew != null && !now.isBefore(anew)) {
            left = most;
            anew = null;
        }
        boolean unused = anew == null && underWay == 0;
        return left == UNKNOWN || unused || left - underWay >= cost;
    }

    /** When it begins anew; empty where that is not known. */
    Optional<Instant> anew() {
        return Optional.ofNullable(anew);
    }

    /** Keeps some for a request that is sent now. */
    void keep(long cost) {
        underWay += cost;
    }

    /** What the server says is left, so many seconds before it begins anew; it has counted the request that it answers. */
    void told(long remaining, long seconds, Instant now) {
        var then = now.plus(Duration.ofSeconds(seconds));
        // Answers may overtake each other; while one count lasts, the lower is the later.
        boolean sameCount = anew != null && !then.isAfter(anew.plus(ROUNDING));
        left = sameCount ? Math.min(left, remaining) : remaining;
        most = Math.max(most, remaining);
        anew = then;
    }

    /**
     * Frees what was kept for a request that is over.
     *
     * @param answered whether the server has answered, and so said what is left where the request has cost something
     */
    void free(long cost, boolean answered) {
        underWay -= cost;
        if (!answered && left != UNKNOWN) {
            left = Math.max(0, left - cost);
        }
    }
}

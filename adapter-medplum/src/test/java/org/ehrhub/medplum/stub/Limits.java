package org.ehrhub.medplum.stub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked within a minute: requests of one address, token calls among them, and units of FHIR interactions of one
 * client.
 */
public final class Limits {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REQUESTS = 60_000;
    private static final int TOKEN_CALLS = 160;
    private static final int UNITS = 50_000;

    private final Clock clock;
    private final Budget requests;
    private final Budget tokenCalls;
    private final Map<String, Budget> units = new ConcurrentHashMap<>();
    private volatile int unitsEach = UNITS;
    private final AtomicInteger creates = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean twoHeaders;

    Limits(Clock clock) {
        this.clock = clock;
        this.requests = new Budget(REQUESTS);
        this.tokenCalls = new Budget(TOKEN_CALLS);
    }

    /** How many requests of any kind may come in a minute; counts from now. */
    public void requests(int budget) {
        requests.reset(budget);
    }

    /** How many requests may come to the token endpoint and its like in a minute; counts from now. */
    public void tokenCalls(int budget) {
        tokenCalls.reset(budget);
    }

    /** How many units of FHIR interactions each client has in a minute; counts from now. */
    public void interactions(int budget) {
        unitsEach = budget;
        units.clear();
    }

    /** How many more resources may be made before the project's cap is reached. */
    public void cap(int resources) {
        creates.set(resources);
    }

    /** Whether the two parts of {@code RateLimit} come as two headers, not joined by a comma in one. */
    public void twoHeaders(boolean separate) {
        twoHeaders = separate;
    }

    /** How many units a client has used in this minute. */
    public long used(Client client) {
        return of(client).consumed();
    }

    void request(boolean login) {
        (login ? tokenCalls : requests).take(1);
    }

    void charge(Client client, int cost) {
        of(client).take(cost);
    }

    void create() {
        if (creates.getAndDecrement() <= 0) {
            throw Refused.resourceCap();
        }
    }

    /** The values of {@code RateLimit} on an answer, one for each header. */
    List<String> headers(boolean login, @Nullable Client charged) {
        var parts = new ArrayList<String>();
        parts.add("\"requests\";" + (login ? tokenCalls : requests).left());
        if (charged != null) {
            parts.add("\"fhirInteractions\";" + of(charged).left());
        }
        return twoHeaders ? parts : List.of(String.join(", ", parts));
    }

    private Budget of(Client client) {
        return units.computeIfAbsent(client.id(), id -> new Budget(unitsEach));
    }

    /** Points that are there again a minute after the first was taken. */
    private final class Budget {
        private int limit;
        private long consumed;
        private Instant began = Instant.EPOCH;

        Budget(int limit) {
            this.limit = limit;
        }

        synchronized void reset(int next) {
            limit = next;
            began = Instant.EPOCH;
        }

        synchronized void take(int points) {
            turn();
            consumed += points;
            if (consumed > limit) {
                throw Refused.tooMany(
                        consumed,
                        limit,
                        Duration.between(clock.instant(), began.plus(WINDOW)).toMillis());
            }
        }

        synchronized long consumed() {
            turn();
            return consumed;
        }

        synchronized String left() {
            turn();
            var seconds = Duration.between(clock.instant(), began.plus(WINDOW)).toSeconds();
            return "r=" + Math.max(0, limit - consumed) + ";t=" + Math.clamp(seconds + 1, 0, WINDOW.toSeconds());
        }

        private void turn() {
            var now = clock.instant();
            if (!now.isBefore(began.plus(WINDOW))) {
                began = now;
                consumed = 0;
            }
        }
    }
}

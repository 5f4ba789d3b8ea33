package org.ehrhub.medplum.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Demand;
import org.ehrhub.fhir.client.ServerHabits.Pass;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the hub within the server's two limits: {@code requests} of its address, and {@code fhirInteractions} of its login.
 * What a request will cost is set aside before it is sent, and set right by what the server then says is left; a request for
 * which nothing is left waits until the limit begins anew, or is refused before the server refuses it.
 */
final class RateLimits {
    private static final String REQUESTS = "requests";
    private static final String INTERACTIONS = "fhirInteractions";

    /** What must be left after a write, so that it can be read back. */
    private static final long READING_BACK = 25;

    /** What a request needs of its call's time once it may go. */
    private static final Duration SPARE = Duration.ofMillis(200);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Quota requests = new Quota();
    private final Quota interactions = new Quota();

    RateLimits(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Waits until there is room for a request, and sets it aside.
     *
     * @throws EhrFailure {@code RATE_LIMITED} when there will be none while the call lasts; nothing was sent
     */
    Pass admit(Demand demand, Instant deadline) {
        long cost = Costs.of(demand);
        long needed = demand.kind().write() && cost > 0 ? cost + READING_BACK : cost;
        lock.lock();
        try {
            await(needed, deadline);
            requests.keep(1);
            interactions.keep(cost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(Duration.ofSeconds(1));
        } finally {
            lock.unlock();
        }
        return new Let(cost);
    }

    private void await(long needed, Instant deadline) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(Duration.between(clock.instant(), deadline));
        while (!hasRoom(needed)) {
            var now = clock.instant();
            var anew = anew(needed, now);
            if (nanos <= 0 || anew.plus(SPARE).isAfter(deadline)) {
                throw refused(Duration.between(now, anew));
            }
            long most = TimeUnit.NANOSECONDS.convert(Duration.between(now, anew));
            nanos -= most - Math.max(0, changed.awaitNanos(most));
        }
    }

    private boolean hasRoom(long needed) {
        var now = clock.instant();
        return requests.has(1, now) && interactions.has(needed, now);
    }

    /** When what is lacking begins anew; soon, where it lacks only because of what is under way. */
    private Instant anew(long needed, Instant now) {
        return Stream.of(requests, interactions)
                .filter(quota -> !quota.has(quota == requests ? 1 : needed, now))
                .flatMap(quota -> quota.anew().stream())
                .max(Instant::compareTo)
                .orElse(now.plusSeconds(1));
    }

    /** The failure of a request for which nothing is left. */
    static EhrFailure refused(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new EhrFailure(
                ErrorCode.RATE_LIMITED,
                "The EHR's limit for the hub is used up; nothing was done.",
                "Try again after " + seconds + (seconds == 1 ? " second." : " seconds."));
    }

    /** A request that was let through. */
    private final class Let implements Pass {
        private final long cost;
        private boolean answered;

        Let(long cost) {
            this.cost = cost;
        }

        @Override
        public void answered(int status, Function<String, List<String>> header) {
            var limits = RateLimitHeader.of(header.apply(RateLimitHeader.NAME)).limits();
            var now = clock.instant();
            lock.lock();
            try {
                answered = true;
                tell(requests, limits.get(REQUESTS), now);
                tell(interactions, limits.get(INTERACTIONS), now);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void over() {
            lock.lock();
            try {
                requests.free(1, answered);
                interactions.free(cost, answered);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private static void tell(Quota quota, RateLimitHeader.@Nullable Limit limit, Instant now) {
            if (limit != null) {
                quota.told(limit.left(), limit.seconds(), now);
            }
        }
    }
}

package org.ehrhub.server.approvals;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.tools.Caller;

/** Who is at the page: a quarter of an hour after the last request, an hour at most, and in this process only. */
public final class Visits {
    static final Duration IDLE = Duration.ofMinutes(15);
    static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST = 1000;

    private final Map<String, Visit> open = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    /** Visits by this clock. */
    public Visits(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One person's visit.
     *
     * @param secret what their browser shows for it, 256 random bits
     * @param form what their forms show for it, against forms of other sites
     * @param ends when it ends whatever they do
     * @param idle when it ends unless they do something
     */
    public record Visit(String secret, String form, Caller person, Instant ends, Instant idle) {}

    Visit begin(Caller person) {
        sweep();
        if (open.size() >= MOST) {
            open.values().stream()
                    .min(java.util.Comparator.comparing(Visit::idle))
                    .ifPresent(oldest -> open.remove(oldest.secret()));
        }
        var now = clock.instant();
        var visit = new Visit(secret(), secret(), person, now.plus(LONGEST), now.plus(IDLE));
        open.put(visit.secret(), visit);
        return visit;
    }

    /** The visit of a browser that shows its secret; it lasts from now on. */
    public Optional<Visit> find(String secret) {
        var now = clock.instant();
        return Optional.ofNullable(open.computeIfPresent(
                secret,
                (key, visit) -> !visit.ends().isAfter(now) || !visit.idle().isAfter(now)
                        ? null
                        : new Visit(key, visit.form(), visit.person(), visit.ends(), now.plus(IDLE))));
    }

    void end(String secret) {
        open.remove(secret);
    }

    private void sweep() {
        var now = clock.instant();
        open.values()
                .removeIf(visit -> !visit.ends().isAfter(now) || !visit.idle().isAfter(now));
    }

    private String secret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

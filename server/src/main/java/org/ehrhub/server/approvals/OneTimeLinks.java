package org.ehrhub.server.approvals;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What opens the page for the operating-system user: once, within two minutes, and not for whoever guesses. */
public final class OneTimeLinks {
    /** How long one is good. */
    public static final Duration GOOD = Duration.ofMinutes(2);

    private static final int MOST = 20;

    private final Map<String, Instant> open = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    /** Links by this clock. */
    public OneTimeLinks(InstantSource clock) {
        this.clock = clock;
    }

    /** A new secret; with too many open, those before it are gone. */
    public String issue() {
        open.values().removeIf(until -> !until.isAfter(clock.instant()));
        if (open.size() >= MOST) {
            open.clear();
        }
        var secret = new byte[32];
        random.nextBytes(secret);
        var text = HexFormat.of().formatHex(secret);
        open.put(text, clock.instant().plus(GOOD));
        return text;
    }

    /** Uses a secret up. */
    boolean redeem(String secret) {
        var until = open.remove(secret);
        return until != null && until.isAfter(clock.instant());
    }
}

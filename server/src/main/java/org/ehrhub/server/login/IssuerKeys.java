package org.ehrhub.server.login;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One issuer's keys. They are read again when they are five minutes old, so that a withdrawn key stops working, and when a
 * token names one that is not there, so that a new key works at once; but never twice within half a minute, whatever tokens
 * strangers send. While the issuer is away the last keys are used for an hour.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration USABLE = Duration.ofHours(1);
    static final Duration BETWEEN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final String issuer;
    private final Fetching fetching;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Known known;
    private Instant lastTry = Instant.EPOCH;

    IssuerKeys(String issuer, Fetching fetching, InstantSource clock) {
        this.issuer = issuer;
        this.fetching = fetching;
        this.clock = clock;
    }

    /** Reads the key set. */
    @FunctionalInterface
    interface Fetching {
        String keys() throws IOException;
    }

    /** Keys and when they were read. */
    private record Known(JWKSet keys, Instant since) {
        boolean isYounger(Duration age, Instant now) {
            return since.plus(age).isAfter(now);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        var now = known;
        if (now == null || (!now.isYounger(FRESH, clock.instant()) && !(lock.isLocked() && isUsable(now)))) {
            now = renewed(now);
        }
        var found = selector.select(now.keys);
        return found.isEmpty() ? selector.select(renewed(now).keys) : found;
    }

    /** Whoever has no key for a token waits while another reads them; whoever has a usable one goes on with it. */
    private Known renewed(@Nullable Known old) throws KeySourceException {
        lock.lock();
        try {
            if (Objects.equals(known, old) && !lastTry.plus(BETWEEN).isAfter(clock.instant())) {
                lastTry = clock.instant();
                known = fetched(old);
            }
            var now = known;
            if (now == null || !isUsable(now)) {
                throw new JWKSetUnavailableException("No keys of the issuer");
            }
            return now;
        } finally {
            lock.unlock();
        }
    }

    private boolean isUsable(Known keys) {
        return keys.isYounger(USABLE, clock.instant());
    }

    private @Nullable Known fetched(@Nullable Known old) {
        try {
            return new Known(JWKSet.parse(fetching.keys()), clock.instant());
        } catch (IOException | ParseException e) {
            LOG.warn(
                    "The keys of the issuer {} cannot be read; {}",
                    issuer,
                    old == null ? "nobody of it can log in" : "those known are used for now");
            return old;
        }
    }
}

package org.ehrhub.server.login;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The proofs of possession that were used, so that none is used again (RFC 9449 section 11.1). Spring Security remembers the
 * last thousand, which a busy hub takes in a second; these are kept for as long as a proof is young enough to be taken.
 */
final class Proofs {
    /** A proof is taken for a minute before and after its time. */
    private static final Duration KEPT = Duration.ofMinutes(3);

    private static final int MOST = 200_000;

    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Proofs(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Marks a sound proof by this key as used.
     *
     * @throws LoginRefused when it was used before, or so many are remembered that nobody could tell
     */
    void use(String proof, String key) throws LoginRefused {
        var now = clock.instant();
        if (used.size() >= MOST) {
            used.values().removeIf(until -> until.isBefore(now));
        }
        if (used.size() >= MOST || used.putIfAbsent(key + " " + id(proof), now.plus(KEPT)) != null) {
            throw LoginRefused.invalidProof("The proof was used before; make a new one for each request.");
        }
    }

    private static String id(String proof) throws LoginRefused {
        try {
            return String.valueOf(SignedJWT.parse(proof).getJWTClaimsSet().getJWTID());
        } catch (ParseException e) {
            throw LoginRefused.invalidProof("The proof cannot be read.");
        }
    }
}

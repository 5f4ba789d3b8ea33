package org.ehrhub.server.userlogin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.ehrhub.routes.json.Seals;

/**
 * A user on the way to an EHR's login and back. It travels in a sealed cookie, so that no hub keeps it and the browser that left is
 * the only one that can come back with it.
 *
 * @param principal who logs in
 * @param state what the EHR's login server gives back (RFC 6749, 4.1.1)
 * @param verifier what proves that the code belongs to this attempt (RFC 7636, 4.1)
 * @param until when it is given up
 */
record Attempt(String principal, String state, String verifier, Instant until) {
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PURPOSE = "ehr-login:";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** A new one. */
    static Attempt of(String principal, Instant now) {
        return new Attempt(principal, fresh(), fresh(), now.plus(LIFE));
    }

    /** The challenge by S256 (RFC 7636, 4.2). */
    String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return TEXT.encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Whether this is what the browser was to come back with. */
    boolean isAnsweredBy(String given) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** What the cookie for one EHR holds. */
    String sealed(Seals seals, String ehr) {
        return seals.seal(PURPOSE + ehr, String.join("\n", state, verifier, until.toString(), principal));
    }

    /** The attempt of a cookie; empty for anything else, and when its time is over. */
    static Optional<Attempt> open(Seals seals, String ehr, String cookie, Instant now) {
        return seals.open(PURPOSE + ehr, cookie)
                .map(text -> text.split("\n", 4))
                .map(parts -> new Attempt(parts[3], parts[0], parts[1], Instant.parse(parts[2])))
                .filter(attempt -> now.isBefore(attempt.until()));
    }

    private static String fresh() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return TEXT.encodeToString(bytes);
    }
}

package org.ehrhub.server.userlogin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.server.approvals.PageGate;
import org.ehrhub.server.login.ProofKeys;

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

    private static final String PURPOSE = "ehr-login:";

    /** A new one. */
    static Attempt of(String principal, Instant now) {
        return new Attempt(principal, ProofKeys.secret(), ProofKeys.secret(), now.plus(LIFE));
    }

    /** Whether this is what the browser was to come back with. */
    boolean isAnsweredBy(String given) {
        return PageGate.shows(given, state);
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
}

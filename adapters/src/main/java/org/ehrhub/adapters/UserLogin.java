package org.ehrhub.adapters;

import java.net.URI;
import java.time.Instant;

/**
 * How a user of the hub logs in to an EHR with a browser, so that the EHR knows who asks (SMART App Launch 2.2, standalone launch;
 * RFC 6749, 4.1 with RFC 7636). Called by the hub's pages, on virtual threads.
 */
public interface UserLogin {
    /**
     * Where the browser is sent.
     *
     * @param deadline until when the EHR may be asked where that is
     * @throws EhrFailure when the EHR does not say
     */
    URI begin(Attempt attempt, Instant deadline);

    /**
     * Turns the code that the browser came back with into a login; from then on calls of this principal reach the EHR.
     *
     * @throws EhrFailure {@code DENIED} when the EHR does not take the code
     */
    void finish(String principal, Code code, Instant deadline);

    /** Whether this principal has logged in, as far as the hub knows. */
    boolean has(String principal);

    /** Ends the login of this principal at the hub. */
    void end(String principal);

    /**
     * One way to the EHR's login and back.
     *
     * @param redirect the hub's page that the browser comes back to, as registered with the EHR
     * @param state what comes back with it
     * @param challenge of the verifier, by S256 (RFC 7636, 4.2)
     */
    record Attempt(URI redirect, String state, String challenge) {}

    /**
     * What the browser came back with.
     *
     * @param redirect as in the attempt
     * @param verifier what the challenge was made of
     */
    record Code(URI redirect, Secret code, Secret verifier) {}
}

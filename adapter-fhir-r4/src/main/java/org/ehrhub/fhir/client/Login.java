package org.ehrhub.fhir.client;

import java.time.Instant;
import java.util.Optional;
import org.ehrhub.adapters.Secret;

/** How requests to the server are signed; safe for use by many threads. */
public interface Login {
    /** No login. */
    Login NONE = deadline -> "";

    /**
     * The value of the Authorization header, empty for none.
     *
     * @param deadline until when it may be waited for
     */
    String authorization(Instant deadline);

    /** Forgets what the server has just refused; says whether a new try can go better. */
    default boolean renew(String refused) {
        return false;
    }

    /** What the last token may be used for, in the login server's words; empty where that was not said. */
    default Optional<String> granted() {
        return Optional.empty();
    }

    /** The keys that the login server must know, as a JWK set (RFC 7517); empty where it needs none. */
    default Optional<String> publicKeys() {
        return Optional.empty();
    }

    /** A fixed bearer token (RFC 6750), read anew at each use. */
    static Login bearer(Secret token) {
        return deadline -> "Bearer " + token.reveal();
    }

    /** User name and password (RFC 7617), read anew at each use. */
    static Login basic(String username, Secret password) {
        return deadline -> BasicCredentials.header(username, password.reveal());
    }
}

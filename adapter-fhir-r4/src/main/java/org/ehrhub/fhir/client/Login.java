package org.ehrhub.fhir.client;

import java.util.Optional;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.tools.CallContext;

/** How requests to the server are signed; safe for use by many threads. */
public interface Login {
    /** No login. */
    Login NONE = call -> "";

    /**
     * The value of the Authorization header, empty for none; waited for no longer than the call lasts.
     *
     * @throws org.ehrhub.adapters.EhrFailure when there is none for this caller
     */
    String authorization(CallContext call);

    /** Forgets what the server has just refused; says whether a new try can go better. */
    default boolean renew(CallContext call, String refused) {
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

    /** How each user logs in; empty where one login serves all. */
    default Optional<UserLogin> ofUsers() {
        return Optional.empty();
    }

    /** A fixed bearer token (RFC 6750), read anew at each use. */
    static Login bearer(Secret token) {
        return call -> "Bearer " + token.reveal();
    }

    /** User name and password (RFC 7617), read anew at each use. */
    static Login basic(String username, Secret password) {
        return call -> BasicCredentials.header(username, password.reveal());
    }
}

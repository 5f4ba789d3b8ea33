package org.ehrhub.fhir.client;

import java.time.Instant;
import java.time.InstantSource;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.FhirR4Config;
import org.jspecify.annotations.Nullable;

/** How requests to the server are signed; safe for use by many threads. */
public interface Login extends AutoCloseable {
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

    /** Ends what it holds open. */
    @Override
    default void close() {}

    /** A fixed bearer token (RFC 6750), read anew at each use. */
    static Login bearer(Secret token) {
        return deadline -> "Bearer " + token.reveal();
    }

    /** User name and password (RFC 7617), read anew at each use. */
    static Login basic(String username, Secret password) {
        return deadline -> BasicCredentials.header(username, password.reveal());
    }

    /** The way that the settings say. */
    static Login of(FhirR4Config.@Nullable Auth auth, InstantSource clock) {
        if (auth == null) {
            return NONE;
        }
        return switch (auth.kind()) {
            case NONE -> NONE;
            case BASIC -> basic(needed(auth.username()), needed(auth.password()));
            case BEARER -> bearer(needed(auth.token()));
            case CLIENT_CREDENTIALS ->
                new ClientCredentials(
                        new ClientCredentials.Client(
                                needed(auth.tokenUrl()),
                                needed(auth.clientId()),
                                needed(auth.clientSecret()),
                                auth.scope()),
                        clock);
        };
    }

    private static <T> T needed(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("auth is incomplete");
        }
        return value;
    }
}

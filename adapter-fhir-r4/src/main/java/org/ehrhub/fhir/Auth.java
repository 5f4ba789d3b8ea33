package org.ehrhub.fhir;

import java.net.URI;
import java.util.Locale;
import org.ehrhub.adapters.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How the hub logs in to one FHIR server.
 *
 * @param kind the way
 * @param username for basic
 * @param password for basic
 * @param token for bearer
 * @param authorizeUrl for authorization-code: where users log in; without it, where the server's SMART configuration says
 * @param tokenUrl the token endpoint; without it, the one that the server names in its SMART configuration
 * @param clientId for client-credentials, private-key-jwt and authorization-code
 * @param clientSecret for client-credentials; for authorization-code where the hub is a client with a secret
 * @param secretIn where the secret goes; the header without it
 * @param privateKey for private-key-jwt, and for authorization-code where the hub is a client with a key: a JWK, a JWK set or PEM, RSA (RS384) or P-384 (ES384); the first key of several
 *     signs, all are published
 * @param scope asked for, word for word; see {@code scopeVersion}
 * @param scopeVersion how the scopes that the registered tools need are written where {@code scope} is not given;
 *     private-key-jwt and authorization-code ask in v2 without it, client-credentials asks for none
 */
public record Auth(
        Kind kind,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable Secret token,
        @Nullable URI authorizeUrl,
        @Nullable URI tokenUrl,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        @Nullable SecretIn secretIn,
        @Nullable Secret privateKey,
        @Nullable String scope,
        @Nullable ScopeVersion scopeVersion) {
    /** A way to log in. */
    public enum Kind {
        /** No login. */
        NONE,
        /** User name and password on each request (RFC 7617). */
        BASIC,
        /** A fixed token on each request (RFC 6750). */
        BEARER,
        /** A token fetched with the hub's own id and secret (RFC 6749, 4.4). */
        CLIENT_CREDENTIALS,
        /** A token fetched with an assertion that the hub signs (SMART App Launch 2.2, Backend Services; RFC 7523). */
        PRIVATE_KEY_JWT,
        /** A token of the user who calls, who has logged in to the EHR with a browser (SMART App Launch 2.2; RFC 7636). */
        AUTHORIZATION_CODE
    }

    /** Where the client's secret goes (RFC 6749, 2.3.1). */
    public enum SecretIn {
        /** In the Authorization header. */
        HEADER,
        /** In the form. */
        BODY
    }

    /** How scopes are written. */
    public enum ScopeVersion {
        /** {@code system/Patient.read}. */
        V1,
        /** {@code system/Patient.rs}. */
        V2
    }

    /** Checks that exactly what the kind needs is there. */
    public Auth {
        boolean basic = kind == Kind.BASIC;
        boolean secret = kind == Kind.CLIENT_CREDENTIALS;
        boolean key = kind == Kind.PRIVATE_KEY_JWT;
        boolean user = kind == Kind.AUTHORIZATION_CODE;
        boolean fetched = secret || key || user;
        exactlyFor(basic, username, "auth.username", kind);
        exactlyFor(basic, password, "auth.password", kind);
        exactlyFor(kind == Kind.BEARER, token, "auth.token", kind);
        exactlyFor(fetched, clientId, "auth.client-id", kind);
        neededFor(secret, clientSecret, "auth.client-secret", kind);
        onlyFor(secret || user, clientSecret, "auth.client-secret", kind);
        neededFor(key, privateKey, "auth.private-key", kind);
        onlyFor(key || user, privateKey, "auth.private-key", kind);
        onlyFor(user, authorizeUrl, "auth.authorize-url", kind);
        onlyFor(fetched, tokenUrl, "auth.token-url", kind);
        onlyFor(fetched, scope, "auth.scope", kind);
        onlyFor(fetched, scopeVersion, "auth.scope-version", kind);
        onlyFor(clientSecret != null, secretIn, "auth.secret-in", kind);
        oneOfBoth(scope, scopeVersion, "auth.scope-version does not belong to a scope that is given word for word");
        oneOfBoth(clientSecret, privateKey, "auth.client-secret does not belong to a client with a private-key");
        protect(tokenUrl, "auth.token-url");
        protect(authorizeUrl, "auth.authorize-url");
        if (username != null && username.contains(":")) {
            throw new IllegalArgumentException("auth.username must not hold a colon");
        }
    }

    /** User name and password. */
    public static Auth basic(String username, Secret password) {
        return new Auth(Kind.BASIC, username, password, null, null, null, null, null, null, null, null, null);
    }

    /** A fixed token. */
    public static Auth bearer(Secret token) {
        return new Auth(Kind.BEARER, null, null, token, null, null, null, null, null, null, null, null);
    }

    /** A token fetched with an id and a secret. */
    public static Auth client(@Nullable URI tokenUrl, String id, Secret secret, @Nullable String scope) {
        return new Auth(Kind.CLIENT_CREDENTIALS, null, null, null, null, tokenUrl, id, secret, null, null, scope, null);
    }

    /** A token fetched with a signed assertion. */
    public static Auth signed(@Nullable URI tokenUrl, String id, Secret key, @Nullable String scope) {
        return new Auth(Kind.PRIVATE_KEY_JWT, null, null, null, null, tokenUrl, id, null, null, key, scope, null);
    }

    /** Each user's own token, for a client without a secret. */
    public static Auth user(String id, @Nullable String scope) {
        return new Auth(Kind.AUTHORIZATION_CODE, null, null, null, null, null, id, null, null, null, scope, null);
    }

    private static void exactlyFor(boolean needed, @Nullable Object value, String key, Kind kind) {
        neededFor(needed, value, key, kind);
        onlyFor(needed, value, key, kind);
    }

    private static void neededFor(boolean needed, @Nullable Object value, String key, Kind kind) {
        if (needed && value == null) {
            throw new IllegalArgumentException(key + " is needed for " + word(kind));
        }
    }

    private static void oneOfBoth(@Nullable Object one, @Nullable Object other, String problem) {
        if (one != null && other != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static void protect(@Nullable URI address, String key) {
        if (address != null) {
            Addresses.checked(address, key);
            Addresses.protect(address, key);
        }
    }

    private static void onlyFor(boolean fits, @Nullable Object value, String key, Kind kind) {
        if (!fits && value != null) {
            throw new IllegalArgumentException(key + " does not belong to " + word(kind));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

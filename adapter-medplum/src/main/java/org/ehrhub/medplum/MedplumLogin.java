package org.ehrhub.medplum;

import java.net.URI;
import java.util.Locale;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.Auth;
import org.jspecify.annotations.Nullable;

/**
 * How the hub logs in to one Medplum server, as a ClientApplication of its project.
 *
 * @param kind the way; client-credentials without it
 * @param clientId for all but bearer
 * @param clientSecret for client-credentials and basic
 * @param secretIn for client-credentials: where the secret goes; the form without it
 * @param privateKey for private-key-jwt: a JWK, a JWK set or PEM, P-384 (ES384) or RSA (RS384)
 * @param token for bearer
 * @param scope asked for, word for word. Medplum holds a login to the SMART scopes that it names; without it none is named,
 *     and the ClientApplication's access policy alone says what it may do
 */
public record MedplumLogin(
        @Nullable Kind kind,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        Auth.@Nullable SecretIn secretIn,
        @Nullable Secret privateKey,
        @Nullable Secret token,
        @Nullable String scope) {
    private static final String NO_SMART_SCOPE = "openid";

    /** A way to log in. */
    public enum Kind {
        /** A token fetched with id and secret (RFC 6749, 4.4). */
        CLIENT_CREDENTIALS,
        /** Id and secret on each request (RFC 7617). */
        BASIC,
        /** A token fetched with an assertion that the hub signs (RFC 7523). */
        PRIVATE_KEY_JWT,
        /** A fixed token on each request (RFC 6750). */
        BEARER
    }

    /** Checks that exactly what the kind needs is there. */
    public MedplumLogin {
        var way = kind == null ? Kind.CLIENT_CREDENTIALS : kind;
        boolean secret = way == Kind.CLIENT_CREDENTIALS || way == Kind.BASIC;
        boolean fetched = way == Kind.CLIENT_CREDENTIALS || way == Kind.PRIVATE_KEY_JWT;
        exactlyFor(way != Kind.BEARER, clientId, "auth.client-id", way);
        exactlyFor(secret, clientSecret, "auth.client-secret", way);
        exactlyFor(way == Kind.PRIVATE_KEY_JWT, privateKey, "auth.private-key", way);
        exactlyFor(way == Kind.BEARER, token, "auth.token", way);
        onlyFor(way == Kind.CLIENT_CREDENTIALS, secretIn, "auth.secret-in", way);
        onlyFor(fetched, scope, "auth.scope", way);
        if (way == Kind.BASIC && clientId != null && clientId.contains(":")) {
            throw new IllegalArgumentException("auth.client-id must not hold a colon");
        }
    }

    /** A token fetched with id and secret. */
    public static MedplumLogin client(String id, Secret secret) {
        return new MedplumLogin(null, id, secret, null, null, null, null);
    }

    /** Id and secret on each request. */
    public static MedplumLogin basic(String id, Secret secret) {
        return new MedplumLogin(Kind.BASIC, id, secret, null, null, null, null);
    }

    /** A token fetched with a signed assertion. */
    public static MedplumLogin signed(String id, Secret key) {
        return new MedplumLogin(Kind.PRIVATE_KEY_JWT, id, null, null, key, null, null);
    }

    /** A fixed token. */
    public static MedplumLogin bearer(Secret token) {
        return new MedplumLogin(Kind.BEARER, null, null, null, null, token, null);
    }

    /** The same login in the words of FHIR R4 servers. */
    Auth at(URI tokenUrl) {
        var asked = scope == null ? NO_SMART_SCOPE : scope;
        return switch (kind == null ? Kind.CLIENT_CREDENTIALS : kind) {
            case CLIENT_CREDENTIALS ->
                new Auth(
                        Auth.Kind.CLIENT_CREDENTIALS,
                        null,
                        null,
                        null,
                        null,
                        tokenUrl,
                        clientId,
                        clientSecret,
                        secretIn == null ? Auth.SecretIn.BODY : secretIn,
                        null,
                        asked,
                        null);
            case BASIC -> Auth.basic(needed(clientId), needed(clientSecret));
            case PRIVATE_KEY_JWT -> Auth.signed(tokenUrl, needed(clientId), needed(privateKey), asked);
            case BEARER -> Auth.bearer(needed(token));
        };
    }

    private static void exactlyFor(boolean needed, @Nullable Object value, String key, Kind kind) {
        if (needed && value == null) {
            throw new IllegalArgumentException(key + " is needed for " + word(kind));
        }
        onlyFor(needed, value, key, kind);
    }

    private static void onlyFor(boolean fits, @Nullable Object value, String key, Kind kind) {
        if (!fits && value != null) {
            throw new IllegalArgumentException(key + " does not belong to " + word(kind));
        }
    }

    private static <T> T needed(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A login without what its kind needs");
        }
        return value;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

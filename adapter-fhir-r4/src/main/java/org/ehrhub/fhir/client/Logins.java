package org.ehrhub.fhir.client;

import java.time.InstantSource;
import org.ehrhub.fhir.Auth;
import org.ehrhub.fhir.FhirR4Config;
import org.jspecify.annotations.Nullable;

/** The login that the settings say. */
final class Logins {
    private Logins() {}

    static Login of(FhirR4Config config, AskedScopes scopes, PlainHttp http, InstantSource clock) {
        var auth = config.auth();
        if (auth == null) {
            return Login.NONE;
        }
        return switch (auth.kind()) {
            case NONE -> Login.NONE;
            case BASIC -> Login.basic(needed(auth.username()), needed(auth.password()));
            case BEARER -> Login.bearer(needed(auth.token()));
            case CLIENT_CREDENTIALS, PRIVATE_KEY_JWT ->
                new TokenLogin(
                        new TokenLogin.Source(endpoint(config, auth, http, clock), proof(auth, clock), scopes),
                        http,
                        clock);
        };
    }

    /** Who asks for a token must say for what where the login is SMART's; elsewhere a scope that is not known is refused. */
    static AskedScopes scopes(@Nullable Auth auth) {
        if (auth == null) {
            return new AskedScopes(null, null);
        }
        var smart = auth.kind() == Auth.Kind.PRIVATE_KEY_JWT;
        return new AskedScopes(
                auth.scope(), auth.scopeVersion() == null && smart ? Auth.ScopeVersion.V2 : auth.scopeVersion());
    }

    private static Proof proof(Auth auth, InstantSource clock) {
        var id = needed(auth.clientId());
        return auth.kind() == Auth.Kind.PRIVATE_KEY_JWT
                ? new SignedProof(id, new ClientKeys(needed(auth.privateKey())), clock)
                : new SecretProof(id, needed(auth.clientSecret()), auth.secretIn() == Auth.SecretIn.BODY);
    }

    private static TokenEndpoint endpoint(FhirR4Config config, Auth auth, PlainHttp http, InstantSource clock) {
        var url = auth.tokenUrl();
        return url != null
                ? deadline -> url
                : new DiscoveredEndpoint(FhirServer.withoutSlash(config.baseUrl()), http, clock);
    }

    private static <T> T needed(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("auth is incomplete");
        }
        return value;
    }
}

package org.ehrhub.fhir.client;

import java.net.URI;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.fhir.Auth;
import org.ehrhub.fhir.FhirR4Config;
import org.jspecify.annotations.Nullable;

/** The login that the settings say. */
final class Logins {
    private final String ehr;
    private final FhirR4Config config;
    private final AskedScopes scopes;
    private final UnaryOperator<URI> audience;

    /**
     * The logins of one server.
     *
     * @param audience of an assertion that goes to a token endpoint
     */
    Logins(String ehr, FhirR4Config config, AskedScopes scopes, UnaryOperator<URI> audience) {
        this.ehr = ehr;
        this.config = config;
        this.scopes = scopes;
        this.audience = audience;
    }

    Login of(PlainHttp http, AdapterContext context) {
        var auth = config.auth();
        if (auth == null) {
            return Login.NONE;
        }
        var found = new SmartConfiguration(config.base(), http, context.clock());
        var exchange = exchange(auth, found, http, context.clock());
        return switch (auth.kind()) {
            case NONE -> Login.NONE;
            case BASIC -> Login.basic(needed(auth.username()), needed(auth.password()));
            case BEARER -> Login.bearer(needed(auth.token()));
            case CLIENT_CREDENTIALS, PRIVATE_KEY_JWT -> TokenLogin.ofHub(exchange.get(), scopes, context.clock());
            case AUTHORIZATION_CODE ->
                new PersonalLogin(
                        new PersonalLogin.Server(
                                ehr,
                                config.base(),
                                needed(auth.clientId()),
                                endpoint(auth.authorizeUrl(), found::authorization),
                                scopes),
                        exchange.get(),
                        context.logins(),
                        context.clock());
        };
    }

    /** Who asks for a token must say for what where the login is SMART's; elsewhere a scope that is not known is refused. */
    static AskedScopes scopes(@Nullable Auth auth) {
        if (auth == null) {
            return AskedScopes.NONE;
        }
        var version = auth.scopeVersion() == null ? Auth.ScopeVersion.V2 : auth.scopeVersion();
        return switch (auth.kind()) {
            case AUTHORIZATION_CODE -> AskedScopes.ofUser(auth.scope(), version);
            case PRIVATE_KEY_JWT -> AskedScopes.ofSystem(auth.scope(), version);
            default -> AskedScopes.ofSystem(auth.scope(), auth.scopeVersion());
        };
    }

    private Supplier<TokenExchange> exchange(Auth auth, SmartConfiguration found, PlainHttp http, InstantSource clock) {
        return () -> new TokenExchange(endpoint(auth.tokenUrl(), found::token), proof(auth, clock), http, clock);
    }

    private Proof proof(Auth auth, InstantSource clock) {
        var id = needed(auth.clientId());
        var secret = auth.clientSecret();
        var key = auth.privateKey();
        if (key != null) {
            return new SignedProof(id, new ClientKeys(key), audience, clock);
        }
        return secret == null
                ? (form, url) -> form.add("client_id", id) // a public client (RFC 6749, 3.2.1)
                : new SecretProof(id, secret, auth.secretIn() == Auth.SecretIn.BODY);
    }

    private static TokenEndpoint endpoint(@Nullable URI configured, TokenEndpoint found) {
        return configured == null ? found : deadline -> configured;
    }

    private static <T> T needed(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("auth is incomplete");
        }
        return value;
    }
}

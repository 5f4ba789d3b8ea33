package org.ehrhub.server.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.server.config.LoginSettings;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.ehrhub.server.mcp.Admission.Admitted;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.DPoPProofReplayValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;

/** The tokens of all trusted issuers. Each is checked with the keys and rules of the issuer it names, and no other's. */
final class Tokens {
    /** Between two looks at the token of an open stream. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final String resource;
    private final Map<String, Issuer> issuers = new HashMap<>();
    private final Map<String, TokenStanding> standings = new HashMap<>();
    private final Clock clock;
    private final AuthenticationManager bearer;
    private final DPoPAuthenticationProvider bound;

    Tokens(LoginSettings settings, Clock clock) {
        this.resource = settings.resource().toString();
        this.clock = clock;
        var byIssuer = new HashMap<String, AuthenticationManager>();
        for (var issuer : settings.issuers()) {
            var name = issuer.issuer().toString();
            var documents = new IssuerDocuments(issuer);
            var keys = new IssuerKeys(name, documents::keys, clock);
            var provider = new JwtAuthenticationProvider(IssuerTokens.decoder(issuer, resource, keys, clock));
            issuers.put(name, issuer);
            var introspection = issuer.introspection();
            if (introspection != null) {
                var asking = TokenStanding.at(documents, introspection);
                standings.put(name, new TokenStanding(name, asking, introspection.every(), clock));
            }
            byIssuer.put(name, provider::authenticate);
        }
        var resolver = new JwtIssuerAuthenticationManagerResolver(
                (String name) -> byIssuer.getOrDefault(name, Tokens::stranger));
        this.bearer = token -> ofIssuer(resolver, token);
        this.bound = new DPoPAuthenticationProvider(bearer);
        bound.setDPoPProofVerifierFactory(proofs(clock));
    }

    /** A proof is taken for half a minute and once; of one key as many are remembered as a busy client sends in that time. */
    private static DPoPProofJwtDecoderFactory proofs(Clock clock) {
        var used = new DPoPProofReplayValidator.InMemoryCache();
        used.setMaxSize(200_000);
        used.setMaxRequestsPerKey(50_000);
        var replays = new DPoPProofReplayValidator(used);
        replays.setClock(clock);
        var factory = new DPoPProofJwtDecoderFactory();
        factory.setJwtValidatorFactory(DPoPProofJwtDecoderFactory.createDefaultJwtValidatorFactory(List.of(replays)));
        return factory;
    }

    private static Authentication stranger(Authentication token) {
        throw new InvalidBearerTokenException("Not an issuer of this hub");
    }

    @SuppressWarnings("NullAway") // the resolver looks at the token alone
    private static Authentication ofIssuer(JwtIssuerAuthenticationManagerResolver resolver, Authentication token) {
        return resolver.resolve(null).authenticate(token);
    }

    /** The caller whom these credentials speak of. */
    Admitted admitted(Credentials credentials, String method) throws LoginRefused {
        var token = checked(credentials, method);
        var issuer = issuers.get(token.getClaimAsString("iss"));
        var expiry = token.getExpiresAt();
        if (issuer == null || expiry == null) {
            throw LoginRefused.invalidToken();
        }
        if (credentials instanceof Credentials.Bearer && issuer.dpop() == Dpop.REQUIRED) {
            throw LoginRefused.invalidProof("Tokens of this issuer need a proof of possession (DPoP).");
        }
        var caller = new TokenCaller(issuer).of(token);
        var end = expiry.plus(issuer.clockSkew());
        var standing = standings.get(issuer.issuer().toString());
        if (standing == null) {
            return new Admitted(caller, end);
        }
        var value = token.getTokenValue();
        return new Admitted(caller, earlier(standing.until(value), end), () -> renewed(standing, value, end));
    }

    /** Until when a stream goes on; one of a token that no longer holds, or that nobody can be asked about, ends. */
    private Optional<Instant> renewed(TokenStanding standing, String token, Instant expiry) {
        try {
            var now = clock.instant();
            return expiry.isAfter(now)
                    ? Optional.of(earlier(later(standing.until(token), now.plus(SHORTEST)), expiry))
                    : Optional.empty();
        } catch (LoginRefused e) {
            return Optional.empty();
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Jwt checked(Credentials credentials, String method) throws LoginRefused {
        return switch (credentials) {
            case Credentials.Bearer(var token) ->
                unbound(authenticated(bearer, new BearerTokenAuthenticationToken(token)));
            case Credentials.Bound(var token, var proof) ->
                authenticated(bound::authenticate, new DPoPAuthenticationToken(token, proof, method, resource));
        };
    }

    /** A token that is bound to a key or a certificate is not taken from whoever holds it. */
    private static Jwt unbound(Jwt token) throws LoginRefused {
        if (token.hasClaim("cnf")) {
            throw LoginRefused.invalidProof("The token is bound to a key; send it as `DPoP TOKEN` with a proof.");
        }
        return token;
    }

    private static Jwt authenticated(AuthenticationManager manager, Authentication request) throws LoginRefused {
        try {
            if (manager.authenticate(request) instanceof JwtAuthenticationToken known) {
                return known.getToken();
            }
            throw LoginRefused.invalidToken();
        } catch (AuthenticationServiceException e) {
            throw LoginRefused.keysAway();
        } catch (OAuth2AuthenticationException e) {
            throw "invalid_dpop_proof".equals(e.getError().getErrorCode())
                    ? LoginRefused.invalidProof("The proof does not fit this request, this token, or this time.")
                    : LoginRefused.invalidToken();
        } catch (AuthenticationException e) {
            throw LoginRefused.invalidToken();
        }
    }
}

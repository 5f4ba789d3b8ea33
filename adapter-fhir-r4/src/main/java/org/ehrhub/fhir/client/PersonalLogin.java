package org.ehrhub.fhir.client;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.fhir.client.TokenExchange.Refused;
import org.ehrhub.fhir.client.TokenExchange.Tokens;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;

/**
 * A login of its own for each user of the hub (SMART App Launch 2.2, standalone launch; RFC 6749, 4.1 and 6; RFC 7636). What renews
 * it is kept by the hub; where the login server gives nothing of that kind, the login ends with its token.
 */
final class PersonalLogin implements Login, UserLogin {
    private static final int MOST_TOKENS = 10_000;

    private final Server server;
    private final TokenExchange exchange;
    private final KeptLogins kept;
    private final InstantSource clock;
    private final Map<String, TokenLogin> tokens = new ConcurrentHashMap<>();

    /**
     * What users log in to.
     *
     * @param audience the base URL of the FHIR server, which the tokens are for
     */
    record Server(String ehr, URI audience, String clientId, TokenEndpoint authorization, AskedScopes scopes) {}

    PersonalLogin(Server server, TokenExchange exchange, KeptLogins kept, InstantSource clock) {
        this.server = server;
        this.exchange = exchange;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public String authorization(CallContext call) {
        return of(call.caller().principal()).authorization(call);
    }

    @Override
    public boolean renew(CallContext call, String refused) {
        return of(call.caller().principal()).renew(call, refused);
    }

    @Override
    public Optional<UserLogin> ofUsers() {
        return Optional.of(this);
    }

    @Override
    public Optional<String> publicKeys() {
        return exchange.proof().publicKeys();
    }

    @Override
    public URI begin(Attempt attempt, Instant deadline) {
        var query = new Proof.Form()
                .add("response_type", "code")
                .add("client_id", server.clientId())
                .add("redirect_uri", attempt.redirect().toString())
                .add("scope", server.scopes().words())
                .add("state", attempt.state())
                .add("aud", server.audience().toString())
                .add("code_challenge", attempt.challenge())
                .add("code_challenge_method", "S256")
                .text();
        var login = server.authorization().url(deadline);
        return URI.create(login + (login.getRawQuery() == null ? "?" : "&") + query);
    }

    @Override
    public void finish(String principal, Code code, Instant deadline) {
        var form = new Proof.Form()
                .add("grant_type", "authorization_code")
                .add("code", code.code().reveal())
                .add("redirect_uri", code.redirect().toString())
                .add("code_verifier", code.verifier().reveal());
        try {
            var given = exchange.ask(form, deadline);
            kept.forget(server.ehr(), principal);
            keep(principal, given);
            of(principal).take(given);
        } catch (Refused e) {
            throw new EhrFailure(
                    ErrorCode.DENIED,
                    "The EHR's login server did not complete the login.",
                    "Log in again; if it stays so, ask the hub's operator to check this EHR's settings.");
        }
    }

    @Override
    public boolean has(String principal) {
        return tokens.containsKey(principal)
                || kept.find(server.ehr(), principal).isPresent();
    }

    @Override
    public void end(String principal) {
        tokens.remove(principal);
        kept.forget(server.ehr(), principal);
    }

    /** Forgotten tokens are fetched again; so the map may be emptied at any time. */
    private TokenLogin of(String principal) {
        if (tokens.size() > MOST_TOKENS) {
            tokens.clear();
        }
        return tokens.computeIfAbsent(
                principal, name -> new TokenLogin(deadline -> renewed(name, deadline), exchange.proof(), clock));
    }

    private Tokens renewed(String principal, Instant deadline) {
        var refresh = kept.find(server.ehr(), principal).orElseThrow(() -> loggedOut(principal));
        try {
            return renewed(principal, refresh, deadline);
        } catch (Refused e) {
            // Another hub on the same store may have used it up a moment ago, and kept the next one.
            var now = kept.find(server.ehr(), principal).filter(other -> !same(other, refresh));
            return now.map(other -> renewedOrLoggedOut(principal, other, deadline))
                    .orElseThrow(() -> loggedOut(principal));
        }
    }

    private Tokens renewedOrLoggedOut(String principal, Secret refresh, Instant deadline) {
        try {
            return renewed(principal, refresh, deadline);
        } catch (Refused e) {
            throw loggedOut(principal);
        }
    }

    private Tokens renewed(String principal, Secret refresh, Instant deadline) {
        var given = exchange.ask(
                new Proof.Form().add("grant_type", "refresh_token").add("refresh_token", refresh.reveal()), deadline);
        keep(principal, given);
        return given;
    }

    private void keep(String principal, Tokens given) {
        given.refresh().ifPresent(next -> kept.keep(server.ehr(), principal, next));
    }

    private EhrFailure loggedOut(String principal) {
        end(principal);
        return new EhrFailure(
                ErrorCode.DENIED,
                "This EHR lets in its own users only, and you have no login to it at the moment.",
                "Ask the user to open /logins/" + server.ehr()
                        + " at the hub's address in a browser, then call again.");
    }

    private static boolean same(Secret one, Secret other) {
        return one.reveal().equals(other.reveal());
    }
}

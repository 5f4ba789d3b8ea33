package org.ehrhub.server.login;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.server.config.LoginSettings.ApproverClient;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * The login of people who approve (OpenID Connect Core 1.0, section 3.1: authorization code, with PKCE, RFC 7636). The hub is a
 * client of the issuer here; the ID token says who came, is checked for issuer, audience, nonce, signature and time, and not kept.
 */
public final class ApproverLogin {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String PURPOSE = "approver-login";

    private final Issuer issuer;
    private final ApproverClient client;
    private final URI callback;
    private final Clock clock;
    private final IssuerDocuments documents;
    private final JWKSource<SecurityContext> keys;
    private final Seals seals = new Seals(ProofKeys.key());

    /**
     * A login at this issuer.
     *
     * @param callback where the issuer sends browsers back to, as it is registered there
     */
    public ApproverLogin(Issuer issuer, ApproverClient client, URI callback, Clock clock) {
        this.issuer = issuer;
        this.client = client;
        this.callback = callback;
        this.clock = clock;
        this.documents = new IssuerDocuments(issuer);
        this.keys = new IssuerKeys(issuer.issuer().toString(), documents::keys, clock);
    }

    /**
     * A login that has begun.
     *
     * @param address where the browser logs in
     * @param attempt what it has to come back with; sealed, and kept by the browser alone, so that nobody who begins logins without
     *     end takes the place of others
     */
    public record Begun(URI address, String attempt) {}

    private record Attempt(String state, String nonce, String verifier, Instant until) {
        String text() {
            return String.join("\n", state, nonce, verifier, until.toString());
        }

        static Attempt of(String text) {
            var parts = text.split("\n", -1);
            return new Attempt(parts[0], parts[1], parts[2], Instant.parse(parts[3]));
        }
    }

    /** Begins. */
    public Begun begin() throws LoginRefused {
        var attempt = new Attempt(
                ProofKeys.secret(),
                ProofKeys.secret(),
                ProofKeys.secret(),
                clock.instant().plus(PATIENCE));
        var asked = new LinkedHashMap<String, String>();
        asked.put("response_type", "code");
        asked.put("client_id", client.clientId());
        asked.put("redirect_uri", callback.toString());
        asked.put("scope", client.scope());
        asked.put("state", attempt.state());
        asked.put("nonce", attempt.nonce());
        asked.put("code_challenge", ProofKeys.challenge(attempt.verifier()));
        asked.put("code_challenge_method", "S256");
        try {
            var at = documents.endpoint("authorization_endpoint").toString();
            var address = URI.create(at + (at.indexOf('?') < 0 ? "?" : "&") + IssuerForm.of(asked));
            return new Begun(address, seals.seal(PURPOSE, attempt.text()));
        } catch (IOException e) {
            throw LoginRefused.keysAway();
        }
    }

    /**
     * Ends.
     *
     * @param begun what the browser has of the beginning
     * @param code the issuer's code; absent where the issuer refused
     * @param iss the issuer that answers, where it says so (RFC 9207)
     */
    public Caller finish(String begun, String state, @Nullable String code, @Nullable String iss) throws LoginRefused {
        var attempt = seals.open(PURPOSE, begun).map(Attempt::of).orElse(null);
        if (attempt == null
                || !attempt.until().isAfter(clock.instant())
                || !attempt.state().equals(state)
                || code == null
                || (iss != null && !iss.equals(issuer.issuer().toString()))) {
            throw LoginRefused.invalidToken(
                    "The login was not finished, or was not begun by this browser. Begin again.");
        }
        try {
            var token = IssuerTokens.idDecoder(issuer, client.clientId(), attempt.nonce(), keys, clock)
                    .decode(idToken(code, attempt));
            return new TokenCaller(issuer).of(token);
        } catch (BadJwtException e) {
            throw LoginRefused.invalidToken("The login server's answer does not hold. Begin again.");
        } catch (IOException | JwtException e) {
            throw LoginRefused.keysAway();
        }
    }

    private String idToken(String code, Attempt attempt) throws IOException {
        var sent = new LinkedHashMap<String, String>();
        sent.put("grant_type", "authorization_code");
        sent.put("code", code);
        sent.put("redirect_uri", callback.toString());
        sent.put("code_verifier", attempt.verifier());
        var secret = client.clientSecret();
        if (secret == null) {
            sent.put("client_id", client.clientId());
        }
        var basic = secret == null ? null : IssuerForm.basic(client.clientId(), secret);
        return documents
                .post(documents.endpoint("token_endpoint"), IssuerForm.of(sent), basic)
                .path("id_token")
                .asString("");
    }
}

package org.ehrhub.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ehrhub.adapters.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in over HTTP: the hub is an OAuth 2.1 resource server, others issue the tokens.
 *
 * @param resource the hub's address as clients know it, such as {@code https://hub.example/mcp}; a token must name it as its
 *     audience (RFC 8707), and it is never taken from a request
 * @param issuers the login servers that are trusted, each only for what it is configured for
 * @param scopes what a token must have been granted, by what a call does
 * @param approvers how people log in to the page where they approve calls; without it that page opens by one-time links only
 */
public record LoginSettings(
        URI resource,
        List<Issuer> issuers,
        @Default("") RequiredScopes scopes,
        @Nullable ApproverClient approvers) {
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Checks the address and that somebody can log in. */
    public LoginSettings {
        if (!isWeb(resource) || resource.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "resource must be the https address that clients use, without user, query and fragment");
        }
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("issuers must name one login server at least, or remove `login`");
        }
        if (issuers.stream().map(Issuer::issuer).distinct().count() < issuers.size()) {
            throw new IllegalArgumentException("issuers must not name one login server twice");
        }
        if (approvers != null && approverIssuer(approvers, issuers).isEmpty()) {
            throw new IllegalArgumentException("approvers must have an issuer that is one of `issuers`");
        }
    }

    /** A login without the page where people approve. */
    public LoginSettings(URI resource, List<Issuer> issuers, RequiredScopes scopes) {
        this(resource, issuers, scopes, null);
    }

    private static Optional<Issuer> approverIssuer(ApproverClient client, List<Issuer> issuers) {
        return issuers.stream()
                .filter(one -> client.issuer() == null
                        ? issuers.size() == 1
                        : one.issuer().equals(client.issuer()))
                .findFirst();
    }

    /** The issuer at which people log in who approve; empty where they do not. */
    public Optional<Issuer> approverIssuer() {
        return approvers == null ? Optional.empty() : approverIssuer(approvers, issuers);
    }

    /** Where that issuer sends their browsers back to, to be registered there. */
    public URI approverCallback() {
        return URI.create(resource.getScheme() + "://" + resource.getRawAuthority() + "/approvals/callback");
    }

    /**
     * The hub as a client of an issuer, for people who log in to approve (OpenID Connect, authorization code with PKCE).
     *
     * @param issuer the issuer; needed where there are several
     * @param clientId what the issuer knows the hub as
     * @param clientSecret its secret; without it the hub is a public client
     * @param scope what is asked for
     */
    public record ApproverClient(
            @Nullable URI issuer,
            String clientId,
            @Nullable Secret clientSecret,
            @Default("openid") String scope) {
        /** Checks that an ID token is asked for. */
        public ApproverClient {
            if (!Set.of(scope.split(" ")).contains("openid")) {
                throw new IllegalArgumentException("scope must hold openid");
            }
        }
    }

    /**
     * One login server.
     *
     * @param issuer its issuer identifier, letter for letter as its tokens' {@code iss} and its metadata have it
     * @param jwksUri where its public keys are; read from its metadata (RFC 8414, OpenID Connect Discovery) unless given
     * @param algorithms the signatures taken; RS256 and ES256 unless given
     * @param clockSkew how far its clock may be from the hub's
     * @param roles how roles come from its tokens
     * @param dpop whether its tokens must be bound to the client's key (RFC 9449)
     * @param patient how a token is bound to a patient
     * @param purposeClaim the claim that says why data is used, a code of HL7 v3 PurposeOfUse
     * @param introspection how it is asked whether a token still holds; without it, a token holds until it expires
     */
    public record Issuer(
            URI issuer,
            @Nullable URI jwksUri,
            Set<String> algorithms,
            @Default("30s") Duration clockSkew,
            @Default("") RoleClaim roles,
            @Default("optional") Dpop dpop,
            @Default("") PatientClaim patient,
            @Nullable String purposeClaim,
            @Nullable Introspection introspection) {
        private static final Duration MOST_SKEW = Duration.ofMinutes(5);

        /** Checks the addresses, the algorithms and the skew. */
        public Issuer {
            if (!isWeb(issuer) || issuer.getRawQuery() != null) {
                throw new IllegalArgumentException("issuer must be an https address without user, query and fragment");
            }
            if (jwksUri != null && !isWeb(jwksUri)) {
                throw new IllegalArgumentException("jwks-uri must be an https address without user and fragment");
            }
            algorithms = algorithms.isEmpty() ? Set.of("RS256", "ES256") : algorithms;
            if (!ALGORITHMS.containsAll(algorithms)) {
                throw new IllegalArgumentException(
                        "algorithms must be signatures that a public key checks: RS, PS or ES with 256, 384 or 512");
            }
            if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
                throw new IllegalArgumentException("clock-skew must be from 0s to 5m");
            }
        }
    }

    /**
     * How an issuer is asked whether a token was taken back (RFC 7662), at the endpoint that its metadata names.
     *
     * @param clientId what the issuer knows the hub as
     * @param clientSecret its secret
     * @param every how long an answer is used: for so long at most does a token work that was taken back; 0s asks for each request
     */
    public record Introspection(
            String clientId,
            Secret clientSecret,
            @Default("30s") Duration every) {
        private static final Duration LONGEST = Duration.ofMinutes(5);

        /** Checks the time. */
        public Introspection {
            if (every.isNegative() || every.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("every must be from 0s to 5m");
            }
        }
    }

    /** Whether tokens must be bound to a key of the client; a bound token needs its proof either way. */
    public enum Dpop {
        /** Bearer tokens are taken too. */
        OPTIONAL,
        /** Only bound tokens are taken. */
        REQUIRED
    }

    /**
     * How roles come from an issuer's tokens.
     *
     * @param claim the claim that holds them, a list or a text with spaces; a path such as {@code realm_access.roles} goes
     *     into objects
     * @param prefix what a value must begin with to be a role of the hub; it is taken off
     * @param mayGive the only roles this issuer may give; all when empty
     */
    public record RoleClaim(
            @Default("roles") String claim, @Nullable String prefix, Set<String> mayGive) {}

    /**
     * How a token is bound to a patient (SMART App Launch 2.2, launch context).
     *
     * @param claim the claim with the patient's id
     * @param ehr the EHR whose ids the issuer's tokens speak of; without it, a token that names a patient is refused
     * @param fhirUser whether a {@code fhirUser} that is a patient is bound to that patient too
     */
    public record PatientClaim(
            @Default("patient") String claim,
            @Nullable String ehr,
            @Default("false") boolean fhirUser) {
        /** Checks that a patient of the user claim can be found. */
        public PatientClaim {
            if (fhirUser && ehr == null) {
                throw new IllegalArgumentException("fhir-user needs `ehr`, the EHR whose patients it names");
            }
        }
    }

    /**
     * What a token must have been granted. What lacks it is answered 403, with the scopes to ask for.
     *
     * @param always for every request
     * @param reads beside those, for tools that read
     * @param writes beside those, for tools that draft or write
     * @param highImpact beside those for writes, for tools of risk HIGH_IMPACT
     */
    public record RequiredScopes(Set<String> always, Set<String> reads, Set<String> writes, Set<String> highImpact) {
        /** Checks the form (RFC 6749 section 3.3). */
        public RequiredScopes {
            check("always", always);
            check("reads", reads);
            check("writes", writes);
            check("high-impact", highImpact);
        }

        private static void check(String key, Set<String> scopes) {
            if (!scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
                throw new IllegalArgumentException(key + " must hold scopes: no spaces, quotes and backslashes");
            }
        }
    }

    /** Whether an address is https, or plain on this machine, and carries nothing that does not belong there. */
    private static boolean isWeb(URI address) {
        var host = address.getHost();
        var plain = host != null && Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
        return host != null
                && ("https".equals(address.getScheme()) || (plain && "http".equals(address.getScheme())))
                && address.getUserInfo() == null
                && address.getRawFragment() == null;
    }
}

package org.ehrhub.server.login;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The access tokens of one issuer (RFC 9068 with what common login servers do instead): signed by its keys, issued by it, for
 * this hub, now, and nothing else that it signs.
 */
final class IssuerTokens {
    private static final Set<String> OF_OTHER_TOKENS = Set.of("at_hash", "c_hash", "s_hash", "events");
    private static final Set<String> OTHER_KINDS = Set.of("ID", "Refresh", "Offline", "Logout");

    private IssuerTokens() {}

    static JwtDecoder decoder(Issuer issuer, String audience, JWKSource<SecurityContext> keys, Clock clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        // A DPoP proof, a logout token or a security event is signed too, and says so in its type.
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), JOSEObjectType.JWT, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms(issuer), keys));
        // The validators below check the claims.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(validator(issuer, audience, clock));
        return decoder;
    }

    /** For the ID token of a login that the hub itself began (OpenID Connect Core 1.0, section 3.1.3.7). */
    static JwtDecoder idDecoder(
            Issuer issuer, String clientId, String nonce, JWKSource<SecurityContext> keys, Clock clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms(issuer), keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                common(issuer, clientId, clock),
                holds(jwt -> nonce.equals(jwt.getClaimAsString("nonce"))),
                holds(jwt -> jwt.getIssuedAt() != null),
                holds(jwt -> jwt.hasClaim("azp")
                        ? clientId.equals(jwt.getClaimAsString("azp"))
                        : List.of(clientId).equals(jwt.getAudience())))));
        return decoder;
    }

    private static Set<JWSAlgorithm> algorithms(Issuer issuer) {
        return issuer.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }

    private static OAuth2TokenValidator<Jwt> validator(Issuer issuer, String audience, Clock clock) {
        return new DelegatingOAuth2TokenValidator<>(
                List.of(common(issuer, audience, clock), holds(IssuerTokens::isAccessToken)));
    }

    private static OAuth2TokenValidator<Jwt> common(Issuer issuer, String audience, Clock clock) {
        var times = new JwtTimestampValidator(issuer.clockSkew());
        times.setClock(clock);
        var latestIssue = issuer.clockSkew();
        return new DelegatingOAuth2TokenValidator<>(List.of(
                times,
                holds(jwt -> issuer.issuer().toString().equals(jwt.getClaimAsString("iss"))),
                holds(jwt -> jwt.getAudience() != null && jwt.getAudience().contains(audience)),
                holds(jwt -> jwt.getExpiresAt() != null),
                holds(jwt -> jwt.getIssuedAt() == null
                        || !jwt.getIssuedAt().minus(latestIssue).isAfter(clock.instant())),
                holds(jwt -> jwt.getSubject() != null && !jwt.getSubject().isBlank())));
    }

    private static boolean isAccessToken(Jwt jwt) {
        return Stream.of("typ", "token_use").allMatch(kind -> isNoOther(jwt.getClaim(kind)))
                && OF_OTHER_TOKENS.stream().noneMatch(jwt::hasClaim);
    }

    /** Keycloak and Cognito say what a token is in a claim rather than in its type. */
    private static boolean isNoOther(@Nullable Object kind) {
        return !(kind instanceof String word) || (!OTHER_KINDS.contains(word) && !word.equals("id"));
    }

    /** One thing that must hold. */
    private interface Holding {
        boolean in(Jwt jwt);
    }

    private static OAuth2TokenValidator<Jwt> holds(Holding holding) {
        return jwt -> holding.in(jwt)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
    }
}

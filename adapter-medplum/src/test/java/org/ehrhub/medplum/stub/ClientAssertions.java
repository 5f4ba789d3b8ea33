package org.ehrhub.medplum.stub;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.ehrhub.medplum.stub.TokenDesk.Declined;

/** {@code private_key_jwt} (RFC 7523): checked with the keys at the client's JWKS address. */
final class ClientAssertions {
    private final Project project;
    private final Places places;

    ClientAssertions(Project project, Places places) {
        this.project = project;
        this.places = places;
    }

    Account account(String assertion) {
        try {
            var jwt = SignedJWT.parse(assertion);
            var claims = jwt.getJWTClaimsSet();
            var account = project.account(String.valueOf(claims.getSubject()))
                    .orElseThrow(() -> new Declined("Invalid client"));
            if (!account.client().id().equals(claims.getIssuer())) {
                throw new Declined("Invalid client assertion issuer");
            }
            if (!List.of(places.token()).equals(claims.getAudience())) {
                throw new Declined("Invalid client assertion audience");
            }
            var expires = claims.getExpirationTime();
            if (expires == null || expires.toInstant().isBefore(Instant.now()) || !signed(jwt, account)) {
                throw new Declined("Invalid client assertion signature");
            }
            return account;
        } catch (ParseException e) {
            throw new Declined("Invalid client assertion");
        }
    }

    private static boolean signed(SignedJWT jwt, Account account) throws ParseException {
        var address = account.jwks();
        if (address == null) {
            throw new Declined("Client must have a JWK Set URL");
        }
        try {
            return JWKSet.load(address.toURL()).getKeys().stream().anyMatch(key -> verifies(jwt, key));
        } catch (IOException e) {
            throw new Declined("Client JWK Set could not be read");
        }
    }

    private static boolean verifies(SignedJWT jwt, JWK key) {
        try {
            return key instanceof AsymmetricJWK asymmetric
                    && jwt.verify(new DefaultJWSVerifierFactory()
                            .createJWSVerifier(jwt.getHeader(), asymmetric.toPublicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }
}

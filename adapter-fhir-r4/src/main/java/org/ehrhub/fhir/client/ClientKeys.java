package org.ehrhub.fhir.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.tools.ErrorCode;

/**
 * The hub's own keys for one EHR's login server, read anew at each use so that they can be rotated: the first signs, all are
 * published. A key is RSA of 2048 bits or more (RS384) or P-384 (ES384), the two that SMART names.
 */
final class ClientKeys {
    private static final int LEAST_RSA_BITS = 2048;

    private final Secret secret;

    ClientKeys(Secret secret) {
        this.secret = secret;
    }

    /**
     * An assertion, signed with the first key.
     *
     * @throws EhrFailure {@code DENIED} when there is no key that can be used
     */
    String signed(JWTClaimsSet claims) {
        try {
            var key = keys().getFirst();
            var header = new JWSHeader.Builder(algorithm(key))
                    .type(JOSEObjectType.JWT)
                    .keyID(key.getKeyID())
                    .build();
            var assertion = new SignedJWT(header, claims);
            assertion.sign(signer(key));
            return assertion.serialize();
        } catch (JOSEException e) {
            throw unusable();
        }
    }

    /**
     * The public part of every key, as a JWK set (RFC 7517, 5).
     *
     * @throws EhrFailure {@code DENIED} when there is no key that can be used
     */
    String publicSet() {
        return new JWKSet(keys()).toPublicJWKSet().toString(true);
    }

    private List<JWK> keys() {
        try {
            var found = new ArrayList<JWK>();
            for (var key : read(secret.reveal())) {
                found.add(named(key));
            }
            if (!found.isEmpty()) {
                return found;
            }
        } catch (ParseException | GeneralSecurityException | JOSEException | IllegalArgumentException e) {
            // Said below without the cause's words: they may quote the key.
        }
        throw unusable();
    }

    private static List<JWK> read(String text) throws ParseException, GeneralSecurityException {
        if (!text.startsWith("{")) {
            return PemKeys.read(text);
        }
        var set = text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
        return List.copyOf(set);
    }

    /** With what others must know of it: its name, by default the thumbprint (RFC 7638), its use and its algorithm. */
    private static JWK named(JWK key) throws JOSEException {
        var algorithm = algorithm(key);
        var id = key.getKeyID() == null ? key.computeThumbprint().toString() : key.getKeyID();
        return switch (key) {
            case RSAKey rsa ->
                new RSAKey.Builder(rsa)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .keyOperations(null)
                        .build();
            case ECKey ec ->
                new ECKey.Builder(ec)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .keyOperations(null)
                        .build();
            default -> throw new JOSEException("not a key of the two kinds");
        };
    }

    private static JWSAlgorithm algorithm(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa && rsa.isPrivate() && rsa.size() >= LEAST_RSA_BITS) {
            return JWSAlgorithm.RS384;
        }
        if (key instanceof ECKey ec && ec.isPrivate() && Curve.P_384.equals(ec.getCurve())) {
            return JWSAlgorithm.ES384;
        }
        throw new JOSEException("not a private key of the two kinds");
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        return key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
    }

    private static EhrFailure unusable() {
        return new EhrFailure(
                ErrorCode.DENIED,
                "The hub's key for this EHR's login cannot be used.",
                "Ask the hub's operator for a private key, RSA of 2048 bits or more or P-384, as JWK or PEM (PKCS #8).");
    }
}

package org.ehrhub.fhir.client;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Private keys in PEM as {@code openssl genpkey} writes them (PKCS #8). With an elliptic-curve key stands its public key
 * ({@code openssl pkey -pubout}), which the JDK does not derive.
 */
final class PemKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PRIVATE|PUBLIC) KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");

    private PemKeys() {}

    /** The private keys of a text, in their order. */
    static List<JWK> read(String text) throws GeneralSecurityException {
        var keys = new ArrayList<JWK>();
        for (var der : blocks(text, "PRIVATE")) {
            var rsa = rsa(der);
            keys.add(rsa == null ? ellipticCurve(der, blocks(text, "PUBLIC")) : rsa);
        }
        return keys;
    }

    private static List<byte[]> blocks(String text, String kind) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(kind))
                .map(block -> Base64.getMimeDecoder().decode(block.group(2)))
                .toList();
    }

    private static @Nullable JWK rsa(byte[] der) throws GeneralSecurityException {
        try {
            var factory = KeyFactory.getInstance("RSA");
            var key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(der));
            var open = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return new RSAKey.Builder((RSAPublicKey) open).privateKey(key).build();
        } catch (InvalidKeySpecException e) {
            return null;
        }
    }

    private static JWK ellipticCurve(byte[] der, List<byte[]> open) throws GeneralSecurityException {
        var factory = KeyFactory.getInstance("EC");
        var key = factory.generatePrivate(new PKCS8EncodedKeySpec(der));
        for (var candidate : open) {
            if (factory.generatePublic(new X509EncodedKeySpec(candidate)) instanceof ECPublicKey half
                    && areHalves(key, half)) {
                return new ECKey.Builder(Curve.forECParameterSpec(half.getParams()), half)
                        .privateKey(key)
                        .build();
            }
        }
        throw new InvalidKeyException();
    }

    private static boolean areHalves(PrivateKey key, ECPublicKey open) throws GeneralSecurityException {
        var signing = Signature.getInstance("SHA384withECDSA");
        signing.initSign(key);
        var signature = signing.sign();
        signing.initVerify(open);
        return signing.verify(signature);
    }
}

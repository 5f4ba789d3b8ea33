package org.ehrhub.fhir;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.Key;
import java.util.Base64;

/** Keys made for a test. */
final class TestKeys {
    private TestKeys() {}

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ec(Curve curve, String id) {
        try {
            return new ECKeyGenerator(curve).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String kind, Key key) {
        return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(key.getEncoded()), kind);
    }
}

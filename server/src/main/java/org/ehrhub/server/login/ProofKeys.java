package org.ehrhub.server.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Proof keys for code exchange (RFC 7636), for whoever sends a browser to a login. */
public final class ProofKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private ProofKeys() {}

    /** A new verifier, or another secret of 256 random bits, as unpadded base64url (RFC 7636, 4.1). */
    public static String secret() {
        return TEXT.encodeToString(key());
    }

    /** A new key of 256 random bits, for what this process alone seals. */
    public static byte[] key() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The challenge of a verifier, by S256 (RFC 7636, 4.2). */
    public static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return TEXT.encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}

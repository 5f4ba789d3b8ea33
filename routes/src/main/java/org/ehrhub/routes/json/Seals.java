package org.ehrhub.routes.json;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a caller carries from one call to the next (slots, cursors), so that it can be neither read, changed nor
 * invented, and only be used for what it was made for: AES-256-GCM (NIST SP 800-38D), 96-bit random nonce, purpose as
 * additional data, unpadded base64url.
 */
public final class Seals {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /**
     * Seals under a key.
     *
     * @param key 32 random bytes
     */
    public Seals(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("A sealing key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Seals a text for a purpose. */
    public String seal(String purpose, String content) {
        try {
            var nonce = new byte[NONCE];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(content.getBytes(StandardCharsets.UTF_8));
            var all = new byte[NONCE + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    /** The text that was sealed for this purpose; empty for anything else. */
    public Optional<String> open(String purpose, String sealed) {
        try {
            var all = Base64.getUrlDecoder().decode(sealed);
            if (all.length <= NONCE) {
                return Optional.empty();
            }
            var nonce = java.util.Arrays.copyOf(all, NONCE);
            var text = cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(all, NONCE, all.length - NONCE);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional
                    .empty(); // forged, changed, of another hub or for another purpose: all the same to the caller
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

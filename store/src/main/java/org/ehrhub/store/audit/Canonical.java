package org.ehrhub.store.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Parts as bytes, each with its length before it, so that no two lists of parts give the same bytes; an absent part is none of
 * length 0. One of these serves many lists, one after the other: a proof hashes millions.
 */
final class Canonical {
    private static final int LONGEST_NUMBER = 20;

    private final MessageDigest digest;
    private byte[] bytes = new byte[1024];
    private int length;

    Canonical() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    Canonical add(@Nullable String part) {
        if (part == null) {
            room(1);
            bytes[length++] = '-';
            return this;
        }
        var text = part.getBytes(StandardCharsets.UTF_8);
        room(text.length + LONGEST_NUMBER);
        digits(text.length);
        bytes[length++] = ':';
        return put(text);
    }

    Canonical add(long part) {
        return add(Long.toString(part));
    }

    Canonical add(@Nullable Long part) {
        return add(part == null ? null : part.toString());
    }

    /** Adds parts that are written already. */
    Canonical put(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
        return this;
    }

    private void digits(int number) {
        if (number > 9) {
            digits(number / 10);
        }
        bytes[length++] = (byte) ('0' + number % 10);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, 2 * (length + more));
        }
    }

    /** The bytes of the parts that were added; then there are none. */
    byte[] take() {
        var taken = Arrays.copyOf(bytes, length);
        length = 0;
        return taken;
    }

    /** The digest of the parts that were added, in hexadecimal digits; then there are none. */
    String sha256() {
        digest.update(bytes, 0, length);
        length = 0;
        return HexFormat.of().formatHex(digest.digest());
    }
}

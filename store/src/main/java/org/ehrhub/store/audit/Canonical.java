package org.ehrhub.store.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Parts as bytes, each with its length before it, so that no two lists of parts give the same bytes; an absent part is none of length 0. */
final class Canonical {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    Canonical add(@Nullable String part) {
        if (part == null) {
            bytes.write('-');
        } else {
            var text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(Integer.toString(text.length).getBytes(StandardCharsets.US_ASCII));
            bytes.write(':');
            bytes.writeBytes(text);
        }
        return this;
    }

    Canonical add(long part) {
        return add(Long.toString(part));
    }

    Canonical add(@Nullable Long part) {
        return add(part == null ? null : part.toString());
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}

package org.ehrhub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys in a file that its owner alone may read: each a line of Base64 that holds 32 random bytes, the current one first, the
 * older ones, which only decrypt, after it. Lines that begin with {@code #} say nothing.
 */
final class KeyFile implements PayloadKeys {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final List<Key> keys;

    private KeyFile(List<Key> keys) {
        this.keys = keys;
    }

    /** Makes the file with a new key. */
    static void make(Path file) {
        try {
            var key = HexFormat.of().parseHex(OwnerFile.fresh(BYTES));
            var text = "# Encrypts what the hub stores. Without it that cannot be read: keep a copy elsewhere.\n"
                    + Base64.getEncoder().encodeToString(key) + "\n";
            OwnerFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the key file " + file, e);
        }
    }

    /**
     * Reads the keys.
     *
     * @throws UncheckedIOException when the file is not there, others may read it, or it does not hold keys
     */
    static KeyFile read(Path file) {
        try {
            if (Files.notExists(file)) {
                throw new IOException("it is not there; put it back from your copy");
            }
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IOException("others may read it; make it the owner's alone (chmod 600)");
            }
            var keys = Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(KeyFile::key)
                    .toList();
            if (keys.isEmpty()) {
                throw new IOException("it holds no key; a key is a line of Base64: openssl rand -base64 32");
            }
            return new KeyFile(keys);
        } catch (IOException | IllegalArgumentException e) {
            throw new UncheckedIOException(
                    new IOException("The key file " + file + " cannot be used: " + e.getMessage()));
        }
    }

    private static Key key(String line) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            bytes = new byte[0]; // the decoder's message would quote a part of the key
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "each line must be a key of 32 bytes in Base64: openssl rand -base64 32");
        }
        var key = new Key(id(bytes), new SecretKeySpec(bytes, "AES"));
        Arrays.fill(bytes, (byte) 0);
        return key;
    }

    private static String id(byte[] key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("EHR Hub payload key ".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key)).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public Key current() {
        return keys.getFirst();
    }

    @Override
    public Optional<Key> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public Set<String> ids() {
        return keys.stream().map(Key::id).collect(Collectors.toUnmodifiableSet());
    }
}

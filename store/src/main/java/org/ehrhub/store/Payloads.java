package org.ehrhub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts texts that may be of a chart before they are stored (AES-256-GCM, NIST SP 800-38D) and decrypts them. What is stored
 * is {@code 1:KEYID:BASE64}, of the nonce of 12 bytes, the text and the tag of 16; it can be decrypted only in the column and
 * the row it was made for.
 */
public final class Payloads {
    private static final String FORMAT = "1";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final PayloadKeys keys;
    private final SecureRandom random = new SecureRandom();

    /** Payloads under these keys. */
    public Payloads(PayloadKeys keys) {
        this.keys = keys;
    }

    /** A place in the database where payloads are stored. */
    public enum Column {
        /** What a person is shown who is asked for an approval. */
        APPROVAL_PREVIEW("approval", "preview"),
        /** Why a person decided as they did. */
        APPROVAL_REASON("approval", "reason"),
        /** What a user's login to an EHR is renewed with. */
        EHR_LOGIN_REFRESH_TOKEN("ehr_login", "refresh_token"),
        /** Why a person opened a closed chart. */
        AUDIT_REASON("audit_record", "decision");

        private final String table;
        private final String name;

        Column(String table, String name) {
            this.table = table;
            this.name = name;
        }
    }

    /**
     * The payloads of a database that has been brought up to date.
     *
     * @param node the hub's name there
     * @param file the key file that was configured, or the usual one of the data directory, which is made for a store that
     *     holds no payloads yet
     * @throws UncheckedIOException when the file cannot be used, or lacks a key under which something is stored or
     *     another hub stores something now
     */
    static Payloads of(Database database, String node, Path file, boolean usual) {
        var needed = database.read(sql -> sql.sql("select substring(preview from 1 for 19) from approval"
                        + " union select substring(reason from 1 for 19) from approval where reason is not null"
                        + " union select substring(refresh_token from 1 for 19) from ehr_login")
                .query(String.class)
                .list());
        if (usual && needed.isEmpty() && Files.notExists(file)) {
            KeyFile.make(file);
        }
        var keys = KeyFile.read(file);
        check(keys, needed, file);
        if (!database.isEmbedded()) {
            new SharedKeys(database, node, file).agree(keys);
        }
        return new Payloads(keys);
    }

    /** Where the keys are: in the file that was named, else in the usual one. */
    static Path file(StoreSettings settings, Path dataDirectory) {
        var named = settings.keys();
        return named == null ? dataDirectory.resolve("payload.keys") : named;
    }

    private static void check(PayloadKeys keys, List<String> prefixes, Path file) {
        for (var prefix : prefixes) {
            var parts = prefix.split(":", -1);
            if (parts.length != 3 || keys.find(parts[1]).isEmpty()) {
                throw new UncheckedIOException(
                        new IOException("The store holds texts that were encrypted under the key "
                                + (parts.length == 3 ? parts[1] : "of another format") + ", which " + file
                                + " does not hold; add the line of that key from your copy, below the current one"));
            }
        }
    }

    /** The text, encrypted for the row of this id. */
    public String seal(Column column, String row, String text) {
        try {
            var key = keys.current();
            var nonce = new byte[NONCE];
            random.nextBytes(nonce);
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, place(key.id(), column, row));
            var plain = text.getBytes(StandardCharsets.UTF_8);
            var sealed = new byte[NONCE + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return FORMAT + ":" + key.id() + ":"
                    + Base64.getEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The current key does not encrypt", e);
        }
    }

    /**
     * The text that was encrypted for the row of this id.
     *
     * @throws UncheckedIOException when its key is not there, or it was changed or moved
     */
    public String open(Column column, String row, String stored) {
        var parts = stored.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(FORMAT)) {
            throw unreadable(column, "was changed");
        }
        var key = keys.find(parts[1]).orElseThrow(() -> unreadable(column, "needs the key " + parts[1]));
        try {
            var sealed = Base64.getDecoder().decode(parts[2]);
            var cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, place(key.id(), column, row));
            return new String(cipher.doFinal(sealed, NONCE, sealed.length - NONCE), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable(column, "was changed, or moved from another row");
        }
    }

    private static Cipher cipher(int mode, PayloadKeys.Key key, byte[] nonce, byte[] place)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
        cipher.updateAAD(place);
        return cipher;
    }

    private static byte[] place(String key, Column column, String row) {
        return String.join("\n", FORMAT, key, column.table, column.name, row).getBytes(StandardCharsets.UTF_8);
    }

    private static UncheckedIOException unreadable(Column column, String why) {
        return new UncheckedIOException(
                new IOException("The stored " + column.table + "." + column.name + " cannot be read: it " + why));
    }
}

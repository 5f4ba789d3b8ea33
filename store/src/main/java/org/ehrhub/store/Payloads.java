package org.ehrhub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
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
    private static final int PREFIX = 17; // of bytes: the format and the key's id
    private static final String CHANGED = "was changed, or moved from another row";

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
        AUDIT_REASON("audit_record", "decision"),
        /** What a message of the journal says. */
        JOURNAL_CONTENT("journal_message", "content"),
        /** Under which key the journal hashes what it finds messages by. */
        JOURNAL_SECRET("journal_secret", "sealed");

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
                        + " union select substring(refresh_token from 1 for 19) from ehr_login"
                        + " union select substring(sealed from 1 for 19) from journal_secret"
                        + " union select '1:' || key_id || ':' from journal_seal")
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

    /** The id of the key that encrypts now. */
    public String currentKey() {
        return keys.current().id();
    }

    /** Whether it was encrypted under the key that encrypts now. */
    public boolean isCurrent(String stored) {
        return stored.startsWith(FORMAT + ":" + currentKey() + ":");
    }

    /** The text, encrypted for the row of this id. */
    public String seal(Column column, String row, String text) {
        var key = keys.current();
        var sealed = encrypt(key, place(key.id(), column, row), text.getBytes(StandardCharsets.UTF_8), 0);
        return FORMAT + ":" + key.id() + ":"
                + Base64.getEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The bytes, encrypted for the row of this id: the format's digit and the key's id, then as in a text. */
    public byte[] seal(Column column, String row, byte[] bytes) {
        var key = keys.current();
        var sealed = encrypt(key, place(key.id(), column, row), bytes, PREFIX);
        var prefix = (FORMAT + key.id()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(prefix, 0, sealed, 0, PREFIX);
        return sealed;
    }

    /**
     * The text that was encrypted for the row of this id.
     *
     * @throws UncheckedIOException when its key is not there, or it was changed or moved
     */
    public String open(Column column, String row, String stored) {
        var parts = stored.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(FORMAT)) {
            throw unreadable(column, CHANGED);
        }
        try {
            var sealed = Base64.getDecoder().decode(parts[2]);
            return new String(decrypt(column, row, parts[1], sealed, 0), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable(column, CHANGED);
        }
    }

    /**
     * The bytes that were encrypted for the row of this id.
     *
     * @throws UncheckedIOException when their key is not there, or they were changed or moved
     */
    public byte[] open(Column column, String row, byte[] stored) {
        if (stored.length < PREFIX || stored[0] != FORMAT.charAt(0)) {
            throw unreadable(column, CHANGED);
        }
        var key = new String(stored, 1, PREFIX - 1, StandardCharsets.US_ASCII);
        return decrypt(column, row, key, stored, PREFIX);
    }

    /** After so many bytes that are left free. */
    private byte[] encrypt(PayloadKeys.Key key, byte[] place, byte[] plain, int free) {
        try {
            var nonce = new byte[NONCE];
            random.nextBytes(nonce);
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, place);
            var sealed = new byte[free + NONCE + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, free, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, free + NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The current key does not encrypt", e);
        }
    }

    private byte[] decrypt(Column column, String row, String id, byte[] sealed, int begin) {
        var text = begin + NONCE;
        if (sealed.length < text) {
            throw unreadable(column, CHANGED);
        }
        var key = keys.find(id).orElseThrow(() -> unreadable(column, "needs the key " + id));
        try {
            var nonce = Arrays.copyOfRange(sealed, begin, text);
            var cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, place(key.id(), column, row));
            return cipher.doFinal(sealed, text, sealed.length - text);
        } catch (GeneralSecurityException e) {
            throw unreadable(column, CHANGED);
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

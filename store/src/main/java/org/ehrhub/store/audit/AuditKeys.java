package org.ehrhub.store.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ehrhub.store.OwnerFile;

/**
 * The keys of the trail: one that signs (Ed25519), the public ones that are trusted, and one under which patients are hashed.
 * A folder of the data directory holds them: {@code signing.key}, which is made anew when it is not there, and a
 * {@code KEYID.pub} of every key that has signed; those of other hubs are copied to it.
 */
public final class AuditKeys {
    private static final String ALGORITHM = "Ed25519";
    private static final String MAC = "HmacSHA256";

    private final PrivateKey signing;
    private final String keyId;
    private final Map<String, PublicKey> trusted;
    private final SecretKeySpec patients;

    private AuditKeys(PrivateKey signing, String keyId, Map<String, PublicKey> trusted, SecretKeySpec patients) {
        this.signing = signing;
        this.keyId = keyId;
        this.trusted = Map.copyOf(trusted);
        this.patients = patients;
    }

    /**
     * The keys of a folder, made if need be.
     *
     * @param patientKey the key under which patients are hashed
     * @throws UncheckedIOException when they cannot be read or made
     */
    public static AuditKeys of(Path folder, byte[] patientKey) {
        try {
            OwnerFile.folder(folder);
            var file = folder.resolve("signing.key");
            if (Files.notExists(file)) {
                make(folder, file);
            }
            var lines = Files.readAllLines(file);
            var signing = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(1))));
            return new AuditKeys(signing, lines.get(0), trusted(folder), new SecretKeySpec(patientKey, MAC));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make the audit trail's keys", e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new UncheckedIOException(
                    new IOException("The audit trail's keys in " + folder.getFileName() + " are damaged", e));
        }
    }

    private static void make(Path folder, Path file) throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        var id = id(pair.getPublic());
        var shown = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        OwnerFile.write(folder.resolve(id + ".pub"), (shown + "\n").getBytes(StandardCharsets.US_ASCII));
        var secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        OwnerFile.write(file, (id + "\n" + secret + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, PublicKey> trusted(Path folder) throws IOException, GeneralSecurityException {
        var keys = new HashMap<String, PublicKey>();
        try (var files = Files.newDirectoryStream(folder, "*.pub")) {
            for (var file : files) {
                var key = KeyFactory.getInstance(ALGORITHM)
                        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder()
                                .decode(Files.readString(file).strip())));
                keys.put(id(key), key);
            }
        }
        return keys;
    }

    private static String id(PublicKey key) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()))
                .substring(0, 16);
    }

    /** The key that signs now. */
    String keyId() {
        return keyId;
    }

    /** The signature of these bytes. */
    String sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signing);
            signature.update(bytes);
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The audit trail's key does not sign", e);
        }
    }

    /** Whether a trusted key of this id made the signature of these bytes. */
    boolean verifies(String id, byte[] bytes, String text) {
        var key = trusted.get(id);
        if (key == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(bytes);
            // Another spelling of the same signature is a change too.
            return signature.verify(HexFormat.of().parseHex(text))
                    && text.equals(text.toLowerCase(java.util.Locale.ROOT));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a key of this id is trusted. */
    boolean trusts(String id) {
        return trusted.containsKey(id);
    }

    /** The keyed hash of a reference to a patient, 32 hexadecimal digits: who reads the trail cannot try names without the key. */
    public String patient(String reference) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(patients);
            return HexFormat.of()
                    .formatHex(mac.doFinal(reference.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + MAC, e);
        }
    }
}

package org.ehrhub.store.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ehrhub.adapters.journal.JournalMessage.Identity;
import org.ehrhub.adapters.journal.JournalMessage.Term;

/**
 * What the database knows names, keys and terms by: HMAC-SHA-256 (RFC 2104), cut short. Who reads the database cannot try names
 * without the key. Two of 64 bits may be alike by chance: then messages wait for each other without need, or a search finds too much.
 */
final class JournalHashes {
    private static final String MAC = "HmacSHA256";

    private final Mac mac;

    JournalHashes(byte[] key) {
        try {
            mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + MAC, e);
        }
    }

    /** What a message of this identity is called. */
    UUID name(String channel, Identity identity) {
        return number(hash("identity", bytes(channel), bytes(identity.sender()), bytes(identity.controlId())));
    }

    UUID body(byte[] content) {
        return number(hash("body", content));
    }

    long key(String channel, String key) {
        return hash("key", bytes(channel), bytes(key)).getLong();
    }

    long term(Term term) {
        return hash("term", bytes(term.field()), bytes(term.value())).getLong();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static UUID number(ByteBuffer hash) {
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** Each part follows its length, so that parts cannot be taken for others. */
    private ByteBuffer hash(String what, byte[]... parts) {
        try {
            var fresh = (Mac) mac.clone();
            fresh.update(bytes(what));
            for (var part : parts) {
                fresh.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                fresh.update(part);
            }
            return ByteBuffer.wrap(fresh.doFinal());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's " + MAC + " can be copied", e);
        }
    }
}

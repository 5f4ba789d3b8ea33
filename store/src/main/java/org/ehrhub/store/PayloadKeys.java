package org.ehrhub.store;

import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;

/** Where the keys come from under which payloads are encrypted at rest: a file of the owner's, or a key service. */
public interface PayloadKeys {
    /** The key that encrypts now. */
    Key current();

    /** The key of this id, which may only decrypt; empty when it is not there. */
    Optional<Key> find(String id);

    /** The ids of all of them. */
    Set<String> ids();

    /**
     * A key.
     *
     * @param id its name beside what it encrypted, 16 hexadecimal digits; one id never stands for two keys
     * @param secret an AES key of 256 bits
     */
    record Key(String id, SecretKey secret) {}
}

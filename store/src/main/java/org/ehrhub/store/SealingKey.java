package org.ehrhub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A key of the hub, such as the one that seals slots and cursors: 32 random bytes in a file of the data directory that its owner alone may read. */
public final class SealingKey {
    private static final int BYTES = 32;

    private SealingKey() {}

    /**
     * The key in this file, which is made if need be.
     *
     * @throws UncheckedIOException when it cannot be read or made
     * @throws IllegalStateException when the file does not hold a key
     */
    public static byte[] of(Path file) {
        try {
            if (Files.notExists(file)) {
                var fresh = new byte[BYTES];
                new SecureRandom().nextBytes(fresh);
                OwnerFile.write(file, fresh);
            }
            var key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new IllegalStateException(file.getFileName() + " does not hold a key of " + BYTES + " bytes;"
                        + " remove it to have a new one made, which ends all open cursors and slots");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make " + file.getFileName(), e);
        }
    }
}

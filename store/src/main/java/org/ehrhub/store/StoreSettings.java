package org.ehrhub.store;

import java.nio.file.Path;
import org.ehrhub.adapters.Secret;

/**
 * Where the store is.
 *
 * @param url the JDBC address
 * @param user who logs in there
 * @param password the password
 */
public record StoreSettings(String url, String user, Secret password) {
    private static final String H2 = "jdbc:h2:";

    /** An H2 file of the data directory; a commit is written before it returns. */
    public static StoreSettings in(Path dataDirectory) {
        var file = dataDirectory.toAbsolutePath().normalize().resolve("store");
        return new StoreSettings(
                H2 + "file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "hub", Secret.from(() -> ""));
    }

    /** Whether the database runs in this process, for it alone. */
    boolean isEmbedded() {
        return url.startsWith(H2);
    }
}

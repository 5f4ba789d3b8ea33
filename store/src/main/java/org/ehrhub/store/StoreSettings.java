package org.ehrhub.store;

import java.nio.file.Path;
import org.ehrhub.adapters.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is.
 *
 * @param url the JDBC address
 * @param user who logs in there
 * @param password the password
 * @param keys the file of keys under which payloads are encrypted; absent for the one of the data directory, which is made
 */
public record StoreSettings(
        String url, String user, Secret password, @Nullable Path keys) {
    private static final String H2 = "jdbc:h2:";

    /** A database with the usual key file. */
    public StoreSettings(String url, String user, Secret password) {
        this(url, user, password, null);
    }

    /** An H2 file of the data directory; a commit is written before it returns, and no statement goes to a trace file. */
    public static StoreSettings in(Path dataDirectory) {
        var file = dataDirectory.toAbsolutePath().normalize().resolve("store");
        return new StoreSettings(
                H2 + "file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
                "hub",
                Secret.from(() -> ""));
    }

    /** The same with this key file. */
    public StoreSettings withKeys(@Nullable Path file) {
        return new StoreSettings(url, user, password, file);
    }

    /** Whether the database runs in this process, for it alone. */
    boolean isEmbedded() {
        return url.startsWith(H2);
    }
}

package org.ehrhub.store.audit;

import java.nio.file.Path;
import org.ehrhub.store.OwnerFile;
import org.ehrhub.store.SealingKey;

/**
 * What a hub needs beside the database to keep and to prove its trail.
 *
 * @param node the hub's name in the trail
 * @param head the file that says how far its chain has come
 * @param keys its keys
 */
public record AuditPlace(String node, Path head, AuditKeys keys) {
    /**
     * The usual files of a data directory, made if need be.
     *
     * @throws java.io.UncheckedIOException when they cannot be read or made
     */
    public static AuditPlace in(Path dataDirectory) {
        return new AuditPlace(
                OwnerFile.nodeName(dataDirectory.resolve("node.name")),
                dataDirectory.resolve("audit.head"),
                AuditKeys.of(
                        dataDirectory.resolve("audit-keys"),
                        SealingKey.of(dataDirectory.resolve("audit-patients.key"))));
    }

    /** The file of the newest records, where the database is one of the data directory too. */
    Path journal() {
        return head.resolveSibling("audit.journal");
    }
}

package org.ehrhub.store.audit;

import java.util.function.Consumer;
import org.ehrhub.store.Database;

/** The trail as those read it who may: searched, or whole. */
public final class AuditLog {
    private final Database database;

    /** The trail in this database. */
    public AuditLog(Database database) {
        this.database = database;
    }

    /** Hands over every record that fits, by hub and number. */
    public void forEach(AuditQuery query, Consumer<AuditRecord> consumer) {
        AuditTable.forEach(database, query, consumer);
    }
}

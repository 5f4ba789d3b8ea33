package org.ehrhub.store.audit;

import java.util.function.Consumer;
import org.ehrhub.store.Database;

/**
 * Where a trail is read.
 *
 * @param database holds its records
 * @param place the files of the hub that reads it
 * @param still does something while the hub adds nothing to the trail, and the database holds all of it
 */
public record AuditSource(Database database, AuditPlace place, Consumer<Runnable> still) {
    /** The trail of a hub that does not run, or of one beside it whose database is shared. */
    public static AuditSource atRest(Database database, AuditPlace place) {
        Chain.recover(database, place);
        return new AuditSource(database, place, Runnable::run);
    }

    /** Waits until the database holds all of it. */
    public void settle() {
        still.accept(() -> {});
    }
}

package org.ehrhub.store;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.ChainedTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running hub keeps: ledger, approvals and audit trail in one database; what is old enough is removed daily. */
public final class HubStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubStore.class);
    /** Past decisions are in the audit trail; what approvals show of charts is not kept for long. */
    private static final Duration PAST_APPROVALS = Duration.ofDays(2);

    private static final Duration BEAT = StoredLedger.SILENCE.dividedBy(6);

    private final Database database;
    private final StoredLedger ledger;
    private final ChainedTrail audit;
    private final StoredApprovals approvals;
    private final Keeping keeping;
    private final Thread housekeeping;

    /**
     * How long records are kept.
     *
     * @param writes those of the ledger: for so long a repeated call is known to be one
     * @param audit those of the audit trail
     */
    public record Keeping(Duration writes, Duration audit) {}

    private HubStore(
            Database database, StoredLedger ledger, ChainedTrail audit, StoredApprovals approvals, Keeping keeping) {
        this.database = database;
        this.ledger = ledger;
        this.audit = audit;
        this.approvals = approvals;
        this.keeping = keeping;
        housekeeping = Thread.ofPlatform().daemon().name("store-housekeeping").unstarted(this::keepHouse);
    }

    /**
     * Opens it for the hub that owns the data directory.
     *
     * @throws UncheckedIOException when it cannot be opened
     */
    public static HubStore open(StoreSettings settings, Path dataDirectory, Keeping keeping, InstantSource clock) {
        var database = Database.open(settings);
        try {
            var place = AuditPlace.in(dataDirectory);
            var ledger = new StoredLedger(database, place.node(), clock);
            var audit = new ChainedTrail(database, place, clock);
            var store = new HubStore(database, ledger, audit, new StoredApprovals(database, clock), keeping);
            store.housekeeping.start();
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void keepHouse() {
        var removal = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        try {
            while (true) {
                Thread.sleep(BEAT);
                if (!database.isEmbedded()) {
                    attempt(ledger::beat);
                }
                if (System.nanoTime() - removal >= 0) {
                    attempt(this::removeOld);
                    removal += Duration.ofDays(1).toNanos();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the store is closed
        }
    }

    private void removeOld() {
        var writes = ledger.forget(keeping.writes());
        var records = audit.prune(keeping.audit());
        var past = approvals.forget(PAST_APPROVALS);
        LOG.info(
                "Removed {} writes, {} approvals and {} audit records that had been kept long enough",
                writes,
                past,
                records);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "The store could not be kept in order; it is tried again later ({})",
                    e.getClass().getSimpleName());
        }
    }

    /** Which writes were made. */
    public IdempotencyLedger ledger() {
        return ledger;
    }

    /** What was done. */
    public AuditTrail audit() {
        return audit;
    }

    /** What people were asked to approve. */
    public Approvals approvals() {
        return approvals;
    }

    @Override
    public void close() {
        housekeeping.interrupt();
        try {
            audit.close();
        } finally {
            database.close();
        }
    }
}

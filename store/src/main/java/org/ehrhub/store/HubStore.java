package org.ehrhub.store;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.WriteCounts;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.AuditSource;
import org.ehrhub.store.audit.ChainedTrail;
import org.ehrhub.store.journal.StoredJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running hub keeps: ledger, approvals, audit trail and journal in one database; what is old enough is removed daily. */
public final class HubStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubStore.class);
    /** Past decisions are in the audit trail; what approvals show of charts is not kept for long. */
    private static final Duration PAST_APPROVALS = Duration.ofDays(2);

    private static final Duration BEAT = StoredLedger.GRACE.dividedBy(6);

    private final Database database;
    private final Parts parts;
    private final Keeping keeping;
    private final Thread housekeeping;

    /**
     * How long records are kept.
     *
     * @param writes those of the ledger: for so long a repeated call is known to be one; approvals as long
     * @param audit those of the audit trail
     * @param messages those of the journal that are done
     * @param deadMessages those that were given up
     */
    public record Keeping(Duration writes, Duration audit, Duration messages, Duration deadMessages) {
        /** With the usual times for messages. */
        public Keeping(Duration writes, Duration audit) {
            this(writes, audit, Duration.ofDays(30), Duration.ofDays(90));
        }
    }

    private record Parts(
            StoredLedger ledger,
            StoredWriteCounts writeCounts,
            ChainedTrail audit,
            Payloads payloads,
            StoredApprovals approvals,
            StoredLogins logins,
            AuditSource source,
            FirstUse<StoredJournal> journal) {}

    private HubStore(Database database, Parts parts, Keeping keeping) {
        this.database = database;
        this.parts = parts;
        this.keeping = keeping;
        housekeeping = Thread.ofPlatform().daemon().name("store-housekeeping").unstarted(this::keepHouse);
    }

    /**
     * Opens it for the hub that owns the data directory.
     *
     * @param longestCall how long a call may take: before that is over, no other hub takes up a write of this one
     * @throws UncheckedIOException when it cannot be opened
     */
    public static HubStore open(
            StoreSettings settings, Path dataDirectory, Keeping keeping, Duration longestCall, InstantSource clock) {
        var database = Database.open(settings);
        try {
            var place = AuditPlace.in(dataDirectory);
            var payloads = payloads(database, place.node(), settings, dataDirectory);
            var trail = new ChainedTrail(database, place, clock);
            var parts = new Parts(
                    new StoredLedger(database, place.node(), longestCall, clock),
                    new StoredWriteCounts(database),
                    trail,
                    payloads,
                    new StoredApprovals(database, payloads, clock),
                    new StoredLogins(database, payloads, clock),
                    new AuditSource(database, place, trail::whileStill),
                    new FirstUse<>(() -> new StoredJournal(database, payloads, clock)));
            var store = new HubStore(database, parts, keeping);
            store.housekeeping.start();
            return store;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static Payloads payloads(Database database, String node, StoreSettings settings, Path dataDirectory) {
        return Payloads.of(database, node, Payloads.file(settings, dataDirectory), settings.keys() == null);
    }

    private void keepHouse() {
        var removal = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        try {
            while (true) {
                Thread.sleep(BEAT);
                if (!database.isEmbedded()) {
                    attempt(parts.ledger()::beat);
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
        var writes = parts.ledger().forget(keeping.writes());
        var asked = parts.approvals().forget(PAST_APPROVALS);
        var records = parts.audit().prune(keeping.audit());
        var messages = holdsMessages() ? parts.journal().get().prune(keeping.messages(), keeping.deadMessages()) : 0;
        parts.writeCounts().forget(LocalDate.now(ZoneOffset.UTC).minusDays(1));
        LOG.info(
                "Removed {} writes, {} approvals, {} audit records and {} messages that had been kept long enough",
                writes,
                asked,
                records,
                messages);
    }

    private boolean holdsMessages() {
        return database.read(sql -> sql.sql("select count(*) from journal_channel")
                        .query(Long.class)
                        .single())
                > 0;
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
        return parts.ledger();
    }

    /** What was done. */
    public AuditTrail audit() {
        return BreakGlassReasons.sealed(parts.audit(), parts.payloads());
    }

    /** Why closed charts were opened. */
    public BreakGlassReasons reasons() {
        return new BreakGlassReasons(parts.payloads());
    }

    /** How many writes were made in a day. */
    public WriteCounts writeCounts() {
        return parts.writeCounts();
    }

    /** What users' logins to EHRs are renewed with. */
    public KeptLogins logins() {
        return parts.logins();
    }

    /** Where what was done can be read. */
    public AuditSource auditSource() {
        return parts.source();
    }

    /** What people were asked to approve. */
    public Approvals approvals() {
        return parts.approvals();
    }

    /** The queue of messages; it has threads and a key of its own from the first time it is asked for. */
    public Journal journal() {
        return parts.journal().get();
    }

    /** What people do with that queue. */
    public JournalDesk journalDesk() {
        return parts.journal().get().desk();
    }

    @Override
    public void close() {
        housekeeping.interrupt();
        try {
            var journal = parts.journal().end();
            if (journal != null) {
                journal.close();
            }
            parts.audit().close();
        } finally {
            database.close();
        }
    }
}

package org.ehrhub.store.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.store.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a hub's chain of records, where one thread adds to it. */
final class Chain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);

    private final Database database;
    private final AuditPlace place;
    private final InstantSource clock;
    private final AuditHead head;
    private final @Nullable AuditJournal journal;
    private final List<AuditRecord> waiting = new ArrayList<>();
    private AuditTable.@Nullable End end;
    private long signed;
    private boolean whole = true;

    Chain(Database database, AuditPlace place, InstantSource clock) {
        this.database = database;
        this.place = place;
        this.clock = clock;
        journal = database.isEmbedded() ? AuditJournal.open(place.journal()) : null;
        var found = read();
        check(found, AuditHead.read(place.head()));
        emptyJournal();
        end = found;
        head = AuditHead.open(place.head());
        head.intend(mark(found));
        head.commit(mark(found));
    }

    private void check(AuditTable.End found, AuditHead.Said said) {
        var kept = said.committed();
        if (kept.isEmpty() || said.allows(found)) {
            return;
        }
        if (found.seq() > kept.get().seq()) {
            LOG.warn(
                    "The audit trail goes on to record {}, but this hub remembers {}: after a crash of the machine that is so,"
                            + " else somebody added records",
                    found.seq(),
                    kept.get().seq());
            return;
        }
        throw new UncheckedIOException(new IOException("The audit trail ends at record " + found.seq()
                + ", but this hub had"
                + " kept other records, up to " + kept.get().seq() + ". Find out who removed or changed them. To go on"
                + " regardless, move " + place.head().getFileName() + " out of the data directory and keep it"));
    }

    private AuditHead.Mark mark(AuditTable.End last) {
        return new AuditHead.Mark(last.seq(), last.hash(), signed);
    }

    private AuditTable.End read() {
        whole = journal == null || recover(journal, database, place);
        var found = stored(database, place);
        signed = database.read(sql -> Checkpoint.newest(sql, place.node())
                .map(Checkpoint::seq)
                .orElseGet(() -> Pruned.of(sql, place.node()).seq()));
        return found;
    }

    /** Gives the database what a crash left in the journal; gives whether that is all that is there. */
    private static boolean recover(AuditJournal journal, Database database, AuditPlace place) {
        var found = journal.after(stored(database, place), seq -> hash(database, place, seq));
        if (!found.records().isEmpty()) {
            store(database, found.records());
        }
        return found.whole();
    }

    /** Empties the journal when the end of the chain is found to be where the hub left it. */
    private void emptyJournal() {
        if (journal != null) {
            if (!whole) {
                LOG.warn(
                        "The end of {} does not go on the audit trail; a copy is kept",
                        place.journal().getFileName());
                journal.setAside();
            }
            journal.clear();
        }
    }

    private static Optional<String> hash(Database database, AuditPlace place, long seq) {
        return database.read(sql -> AuditTable.hash(sql, place.node(), seq));
    }

    /** The same for a chain that nobody adds to. */
    static void recover(Database database, AuditPlace place) {
        if (database.isEmbedded()) {
            try (var journal = AuditJournal.open(place.journal())) {
                recover(journal, database, place);
            }
        }
    }

    private static AuditTable.End stored(Database database, AuditPlace place) {
        return database.read(sql -> AuditTable.end(sql, place.node())
                .orElseGet(() -> Pruned.of(sql, place.node()).end()));
    }

    /** After a fault it is read again, and must be where this hub left it: somebody may have caused the fault to add records. */
    private AuditTable.End end() {
        var known = end;
        if (known == null) {
            known = read();
            if (!AuditHead.read(place.head()).allows(known)) {
                throw new UncheckedIOException(new IOException("The audit trail ends at record " + known.seq()
                        + ", which this hub did not keep as its last; no record is taken before that is looked into"));
            }
            emptyJournal();
            end = known;
        }
        return known;
    }

    /** After a fault nobody knows what reached the disk; the next record looks. */
    void forget() {
        end = null;
        waiting.clear();
    }

    /** How many records no checkpoint vouches for yet. */
    long unsigned() {
        return end().seq() - signed;
    }

    /** Adds records; they are on the disk on return. */
    void append(List<Entry> entries) {
        var last = end();
        var records = new ArrayList<AuditRecord>(entries.size());
        for (var entry : entries) {
            var record = record(entry, last.seq() + 1).after(last.hash());
            records.add(record);
            last = new AuditTable.End(record.seq(), record.hash());
        }
        head.intend(mark(last));
        if (journal == null) {
            store(database, records);
        } else {
            journal.append(records);
            waiting.addAll(records);
        }
        end = last;
        head.commit(mark(last));
    }

    /** How many records the database is not given yet. */
    int waiting() {
        return waiting.size();
    }

    /** Gives the database what waits. */
    void settle() {
        if (journal != null && !waiting.isEmpty()) {
            store(database, waiting);
            waiting.clear();
            journal.clear();
        }
    }

    private static void store(Database database, List<AuditRecord> records) {
        if (records.size() == 1) {
            database.durablyAlone(sql -> AuditTable.insert(database.jdbc(), records.getFirst()));
        } else {
            database.durably(sql -> AuditTable.insert(database.jdbc(), records));
        }
    }

    /** Signs the end of the chain, if nothing does yet. */
    void checkpoint() {
        var last = end();
        if (last.seq() > signed) {
            settle();
            database.durably(sql -> {
                var others = Checkpoint.others(sql, place.node());
                new Checkpoint(place.node(), last.seq(), last.hash(), signed, others, clock.millis(), "", "")
                        .signed(place.keys())
                        .insert(sql);
                return others;
            });
            signed = last.seq();
            head.intend(mark(last));
            head.commit(mark(last));
        }
    }

    /** Takes off the records that are older, up to a checkpoint. */
    int prune(Duration age) {
        checkpoint();
        var now = clock.instant();
        return Pruned.prune(database, place.keys(), place.node(), now.minus(age), now);
    }

    private AuditRecord record(Entry entry, long seq) {
        var more = entry.circumstances();
        return new AuditRecord(
                place.node(),
                seq,
                entry.at(),
                plain(entry.callId()),
                entry.stage().name(),
                plain(entry.principal()),
                plainOrNull(more.onBehalfOf()),
                plainOrNull(more.client()),
                plainOrNull(more.purpose()),
                plain(entry.tool()),
                plain(String.join(" ", entry.ehrs())),
                references(entry, Chain::isPatient, place.keys()::patient),
                plain(references(entry, Predicate.not(Chain::isPatient), reference -> reference)),
                plainOrNull(more.decision()),
                plainOrNull(more.rule()),
                plainOrNull(more.approval()),
                plainOrNull(more.downstream()),
                plain(entry.outcome()),
                more.duration() == null ? null : more.duration().toNanos() / 1000,
                plainOrNull(more.traceId()),
                "");
    }

    private static String references(
            Entry entry, Predicate<String> which, java.util.function.UnaryOperator<String> shown) {
        return Arrays.stream(entry.reference().split(" ", -1))
                .filter(which.and(reference -> !reference.isEmpty()))
                .map(shown)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    static boolean isPatient(String reference) {
        return reference.contains("/Patient/");
    }

    private static @Nullable String plainOrNull(@Nullable String text) {
        return text == null ? null : plain(text);
    }

    /** As every database gives it back: without the character 0 and halves of characters. */
    private static String plain(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', ' ');
    }

    @Override
    public void close() {
        head.close();
        if (journal != null) {
            journal.close();
        }
    }
}

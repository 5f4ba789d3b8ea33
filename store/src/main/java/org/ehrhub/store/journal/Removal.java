package org.ehrhub.store.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ehrhub.store.Database;

/** Removes messages that were finished long enough ago, a slice of them in one transaction. */
final class Removal {
    private final Database database;

    Removal(Database database) {
        this.database = database;
    }

    /** Those that have been in this state since before then; gives how many. */
    int remove(String state, Instant before) {
        var removed = 0;
        var last = 0;
        do {
            var ids = old(state, before);
            last = ids.isEmpty() ? 0 : removed(ids, before.toEpochMilli());
            removed += last;
        } while (last > 0);
        return removed;
    }

    private List<Long> old(String state, Instant before) {
        return database.read(sql -> sql.sql("select message_id from journal_outcome where state = ? and changed_ms < ?"
                        + " order by state, changed_ms fetch first ? rows only")
                .params(state, before.toEpochMilli(), Finished.SLICE)
                .query(Long.class)
                .list());
    }

    private int removed(List<Long> ids, long before) {
        return Collision.retried(() -> database.durably(sql -> Collision.noticed(() -> remove(ids, before))));
    }

    private int remove(List<Long> ids, long before) {
        var jdbc = database.jdbc();
        var found = Finished.of(jdbc, ids);
        var channels =
                LockedChannel.lock(jdbc, found.stream().map(Finished::channel).collect(Collectors.toSet()));
        var all = Finished.of(jdbc, ids).stream() // it may have been worked again meanwhile
                .filter(one -> one.changed() < before)
                .toList();
        Finished.undo(jdbc, all, channels);
        var terms = all.stream()
                .flatMap(one -> Arrays.stream(Numbers.of(one.terms())).mapToObj(term -> new Object[] {term, one.id()}))
                .toList();
        jdbc.batchUpdate("delete from journal_term where term = ? and message_id = ?", terms);
        for (var statement : List.of(
                "delete from journal_part where message_id = any(?)",
                "delete from journal_message where id = any(?)")) {
            jdbc.update(statement, row -> new Columns(row).longs(all, Finished::id));
        }
        return all.size();
    }
}

package org.ehrhub.store.journal;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A channel's row, which who changes places in its line has locked: nobody else of any hub does meanwhile, so that what a
 * statement saw still holds for the next one.
 */
final class LockedChannel {
    private final int id;
    private final long now;
    private long nextTurn;
    private long done;
    private long dead;
    private boolean changed;

    private LockedChannel(int id, long nextTurn, long now) {
        this.id = id;
        this.nextTurn = nextTurn;
        this.now = now;
    }

    /** Locks them, always in the same order, so that two hubs do not wait for each other. */
    static Map<Integer, LockedChannel> lock(JdbcTemplate jdbc, Collection<Integer> channels) {
        return jdbc
                .query(
                        "select id, next_turn, current_timestamp from journal_channel where id = any(?) order by id for update",
                        row -> new Columns(row).ints(List.copyOf(new TreeSet<>(channels)), id -> id),
                        (row, index) -> new LockedChannel(
                                row.getInt(1),
                                row.getLong(2),
                                row.getObject(3, OffsetDateTime.class)
                                        .toInstant()
                                        .toEpochMilli()))
                .stream()
                .collect(Collectors.toMap(LockedChannel::id, Function.identity()));
    }

    int id() {
        return id;
    }

    /** By the database's clock, for those of two hubs may differ. */
    long now() {
        return now;
    }

    /** The next place in the line. */
    long turn() {
        changed = true;
        return nextTurn++;
    }

    /** So many more are done, or less. */
    void done(long more) {
        changed |= more != 0;
        done += more;
    }

    /** So many more are dead, or less. */
    void dead(long more) {
        changed |= more != 0;
        dead += more;
    }

    void write(JdbcTemplate jdbc) {
        if (changed) {
            jdbc.update(
                    "update journal_channel set next_turn = ?, done = done + ?, dead = dead + ? where id = ?",
                    nextTurn,
                    done,
                    dead,
                    id);
        }
    }
}

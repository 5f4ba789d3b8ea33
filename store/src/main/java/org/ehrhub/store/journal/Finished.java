package org.ehrhub.store.journal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A message that is done or dead.
 *
 * @param terms what it is found by, hashed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Finished(long id, int channel, boolean dead, long changed, byte[] terms) {
    /** How many are looked at in one transaction. */
    static final int SLICE = 200;

    /** Those of these messages that are finished. */
    static List<Finished> of(JdbcTemplate jdbc, Collection<Long> ids) {
        return jdbc.query(
                "select m.id, m.channel, o.state, o.changed_ms, m.terms from journal_outcome o join journal_message m"
                        + " on m.id = o.message_id where o.message_id = any(?)",
                row -> new Columns(row).longs(List.copyOf(ids), id -> id),
                (row, index) -> new Finished(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3).equals("DEAD"),
                        row.getLong(4),
                        row.getBytes(5)));
    }

    /** Has them finished no more, in channels whose rows are locked. */
    static void undo(JdbcTemplate jdbc, List<Finished> all, Map<Integer, LockedChannel> channels) {
        jdbc.update(
                "delete from journal_outcome where message_id = any(?)",
                row -> new Columns(row).longs(all, Finished::id));
        for (var one : all) {
            var channel = Objects.requireNonNull(channels.get(one.channel()));
            if (one.dead()) {
                channel.dead(-1);
            } else {
                channel.done(-1);
            }
        }
        channels.values().forEach(channel -> channel.write(jdbc));
    }
}

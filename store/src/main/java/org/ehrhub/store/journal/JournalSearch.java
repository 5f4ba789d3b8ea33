package org.ehrhub.store.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ehrhub.adapters.journal.ChannelState;
import org.ehrhub.adapters.journal.JournalEntry;
import org.ehrhub.adapters.journal.JournalEntry.State;
import org.ehrhub.adapters.journal.JournalQuery;
import org.ehrhub.store.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds messages and says where channels stand. */
final class JournalSearch {
    private static final String NOW = "cast(extract(epoch from current_timestamp) * 1000 as bigint)";
    private static final String HELD = "(q.lease is not null and q.due_ms > " + NOW + ")";
    private static final String FROM = " from journal_message m join journal_channel c on c.id = m.channel"
            + " left join journal_queue q on q.message_id = m.id left join journal_outcome o on o.message_id = m.id";
    private static final String LAST = " order by m.id desc fetch first :most rows only";
    private static final Set<State> FINISHED = Set.of(State.DONE, State.DEAD);

    private final Database database;
    private final JournalHashes hashes;

    JournalSearch(Database database, JournalHashes hashes) {
        this.database = database;
        this.hashes = hashes;
    }

    List<JournalEntry> find(JournalQuery query) {
        var conditions = new Conditions(query, query.states());
        return database.read(sql -> conditions
                .ask(
                        sql,
                        "select m.id, c.name, m.bytes, m.kept_ms, o.state, " + HELD
                                + ", coalesce(o.attempts, q.attempts, 0), coalesce(o.changed_ms, q.changed_ms, m.kept_ms),"
                                + " coalesce(o.reason, q.reason)")
                .query((row, index) -> entry(row))
                .list());
    }

    /** The numbers of those that are finished, the oldest first. */
    List<Long> finished(JournalQuery query) {
        var states = query.states().isEmpty()
                ? FINISHED
                : query.states().stream().filter(FINISHED::contains).collect(Collectors.toSet());
        if (states.isEmpty()) {
            return List.of();
        }
        var conditions = new Conditions(query, states);
        return database.read(sql ->
                        conditions.ask(sql, "select m.id").query(Long.class).list())
                .reversed();
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        var finished = row.getString(5);
        var open = row.getBoolean(6) ? State.CLAIMED : State.WAITING;
        return new JournalEntry(
                row.getLong(1),
                row.getString(2),
                finished == null ? open : State.valueOf(finished),
                row.getInt(7),
                row.getInt(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getString(9));
    }

    /** The conditions of a search, and their values. */
    private final class Conditions {
        private final List<String> all = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        Conditions(JournalQuery query, Set<State> states) {
            if (query.most() < 1) {
                throw new IllegalArgumentException("A search is for one message or more");
            }
            values.put("most", query.most());
            add("c.name = :channel", "channel", query.channel());
            add("m.id in (:ids)", "ids", query.ids().isEmpty() ? null : query.ids());
            add("m.kept_ms >= :from", "from", millis(query.from()));
            add("m.kept_ms < :until", "until", millis(query.until()));
            if (!states.isEmpty()) {
                all.add(states.stream().map(JournalSearch::in).collect(Collectors.joining(" or ", "(", ")")));
            }
            for (var term : query.terms()) {
                var name = "term" + values.size();
                add(
                        "m.id in (select message_id from journal_term where term = :" + name + ")",
                        name,
                        hashes.term(term));
            }
        }

        private void add(String condition, String name, @Nullable Object value) {
            if (value != null) {
                all.add(condition);
                values.put(name, value);
            }
        }

        JdbcClient.StatementSpec ask(JdbcClient sql, String columns) {
            var where = all.isEmpty() ? "" : " where " + String.join(" and ", all);
            return sql.sql(columns + FROM + where + LAST).params(values);
        }
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    /** Few messages are waiting or dead, so that their tables are where to begin; most are done. */
    private static String in(State state) {
        return switch (state) {
            case WAITING -> "(m.id in (select message_id from journal_queue) and not " + HELD + ")";
            case CLAIMED -> "(m.id in (select message_id from journal_queue) and " + HELD + ")";
            case DONE -> "o.state = 'DONE'";
            case DEAD -> "m.id in (select message_id from journal_outcome where state = 'DEAD')";
        };
    }

    private record Open(long waiting, long retried, Instant oldest) {}

    private record Row(int id, String name, long done, long dead) {}

    Map<String, ChannelState> channels() {
        var open = database.read(JournalSearch::open);
        var rows = database.read(sql -> sql.sql("select id, name, done, dead from journal_channel")
                .query((row, index) -> new Row(row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list());
        var channels = new TreeMap<String, ChannelState>();
        for (var row : rows) {
            var left = open.get(row.id());
            channels.put(
                    row.name(),
                    left == null
                            ? new ChannelState(0, 0, row.dead(), row.done(), null)
                            : new ChannelState(left.waiting(), left.retried(), row.dead(), row.done(), left.oldest()));
        }
        return channels;
    }

    private static Map<Integer, Open> open(JdbcClient sql) {
        return sql
                .sql("select channel, count(*), sum(case when attempts > case when lease is null then 0 else 1 end"
                        + " then 1 else 0 end), min(kept_ms) from journal_queue group by channel")
                .query((row, index) -> Map.entry(
                        row.getInt(1), new Open(row.getLong(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4)))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}

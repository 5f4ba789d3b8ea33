package org.ehrhub.store.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ehrhub.adapters.journal.Kept;
import org.ehrhub.adapters.journal.Kept.Fate;
import org.springframework.jdbc.core.JdbcTemplate;

/** How messages come into the tables; within a transaction. */
final class Arrivals {
    /** Of a content, so much is in the row of its message; H2 has no column of bytes that takes much more than this. */
    static final int PART = 1_000_000;

    private static final String MESSAGES =
            "insert into journal_message (channel, name, body, order_keys, terms, content, bytes, kept_ms)"
                    + " select c, n, b, k, t, x, l, cast(? as bigint) from unnest(cast(? as int array), cast(? as uuid array),"
                    + " cast(? as uuid array), cast(? as bytea array), cast(? as bytea array), cast(? as bytea array),"
                    + " cast(? as int array)) as a (c, n, b, k, t, x, l)";
    private static final String QUEUE =
            "insert into journal_queue (message_id, channel, waits, due_ms, order_keys, kept_ms, changed_ms)"
                    + " select i, c, -1, 0, k, cast(? as bigint), cast(? as bigint) from unnest(cast(? as bigint array), cast(? as int array),"
                    + " cast(? as bytea array)) as a (i, c, k)";
    private static final String TERMS = "insert into journal_term (term, message_id)"
            + " select t, i from unnest(cast(? as bigint array), cast(? as bigint array)) as a (t, i)";

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    Arrivals(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Known(long id, UUID body) {}

    private record Numbered(long id, Arrival arrival) {}

    private record Found(long term, long id) {}

    /**
     * What became of messages, in their order.
     *
     * @param channels those that have new ones
     */
    record Stored(List<Kept> kept, Set<Integer> channels) {}

    /** Stores those that are new, in this order. */
    Stored store(List<Arrival> arrivals) {
        if (arrivals.isEmpty()) {
            return new Stored(List.of(), Set.of());
        }
        var known = known(arrivals);
        var fresh = new LinkedHashMap<UUID, Arrival>();
        arrivals.stream()
                .filter(arrival -> !known.containsKey(arrival.name()))
                .forEach(arrival -> fresh.putIfAbsent(arrival.name(), arrival));
        var ids = insert(fresh);
        fresh.forEach((name, arrival) -> known.put(name, new Known(id(ids, arrival), arrival.body())));
        var first = new HashSet<>(fresh.keySet());
        var kept = arrivals.stream()
                .map(arrival ->
                        kept(arrival, Objects.requireNonNull(known.get(arrival.name())), first.remove(arrival.name())))
                .toList();
        return new Stored(kept, fresh.values().stream().map(Arrival::channel).collect(Collectors.toSet()));
    }

    private static Kept kept(Arrival arrival, Known known, boolean fresh) {
        if (fresh) {
            return new Kept(known.id(), Fate.NEW);
        }
        return new Kept(known.id(), known.body().equals(arrival.body()) ? Fate.DUPLICATE : Fate.OTHER_CONTENT);
    }

    private Map<UUID, Known> known(List<Arrival> arrivals) {
        var known = new HashMap<UUID, Known>();
        jdbc.query(
                "select name, id, body from journal_message where name = any(?)",
                row -> new Columns(row).uuids(arrivals, Arrival::name),
                row -> {
                    known.put(row.getObject(1, UUID.class), new Known(row.getLong(2), row.getObject(3, UUID.class)));
                });
        return known;
    }

    /** Gives their numbers by their names. */
    private Map<UUID, Long> insert(Map<UUID, Arrival> fresh) {
        if (fresh.isEmpty()) {
            return Map.of();
        }
        var now = clock.millis();
        var ids = messages(fresh.values(), now);
        var numbered = fresh.values().stream()
                .map(arrival -> new Numbered(id(ids, arrival), arrival))
                .toList();
        jdbc.update(
                QUEUE,
                row -> new Columns(row)
                        .one(now)
                        .one(now)
                        .longs(numbered, Numbered::id)
                        .ints(numbered, one -> one.arrival().channel())
                        .bytes(numbered, one -> one.arrival().keys()));
        terms(numbered);
        parts(numbered);
        return ids;
    }

    private static long id(Map<UUID, Long> ids, Arrival arrival) {
        return Objects.requireNonNull(ids.get(arrival.name()));
    }

    private Map<UUID, Long> messages(Collection<Arrival> fresh, long now) {
        var ids = new HashMap<UUID, Long>();
        jdbc.execute(
                (Connection connection) -> connection.prepareStatement(MESSAGES, new String[] {"id", "name"}),
                (PreparedStatement row) -> {
                    bind(row, List.copyOf(fresh), now);
                    row.executeUpdate();
                    try (var keys = row.getGeneratedKeys()) {
                        while (keys.next()) {
                            ids.put(keys.getObject(2, UUID.class), keys.getLong(1));
                        }
                    }
                    return ids.size();
                });
        return ids;
    }

    private static void bind(PreparedStatement row, List<Arrival> fresh, long now) throws SQLException {
        new Columns(row)
                .one(now)
                .ints(fresh, Arrival::channel)
                .uuids(fresh, Arrival::name)
                .uuids(fresh, Arrival::body)
                .bytes(fresh, Arrival::keys)
                .bytes(fresh, Arrival::terms)
                .bytes(fresh, arrival -> first(arrival.content()))
                .ints(fresh, Arrival::bytes);
    }

    private void terms(List<Numbered> numbered) {
        var terms = numbered.stream()
                .flatMap(one ->
                        Arrays.stream(Numbers.of(one.arrival().terms())).mapToObj(term -> new Found(term, one.id())))
                .toList();
        Columns.inParts(
                terms,
                part -> jdbc.update(
                        TERMS, row -> new Columns(row).longs(part, Found::term).longs(part, Found::id)));
    }

    private static byte[] first(byte[] content) {
        return content.length <= PART ? content : Arrays.copyOf(content, PART);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Part(long id, int number, byte[] content) {}

    private void parts(List<Numbered> numbered) {
        var parts = new ArrayList<Part>();
        for (var one : numbered) {
            var content = one.arrival().content();
            for (var begin = PART; begin < content.length; begin += PART) {
                var end = Math.min(content.length, begin + PART);
                parts.add(new Part(one.id(), begin / PART, Arrays.copyOfRange(content, begin, end)));
            }
        }
        for (var part : parts) {
            jdbc.update(
                    "insert into journal_part (message_id, part, content) values (?, ?, ?)",
                    part.id(),
                    part.number(),
                    part.content());
        }
    }
}

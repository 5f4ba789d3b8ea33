package org.ehrhub.store.journal;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.journal.Claim;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Takes messages of a channel whose row is locked. A message gets its place in the line when it is looked at for the first time, by
 * its number; from then on it waits for every message that has an earlier place and shares a key with it. It is due by the
 * database's clock, as is one whose lease has ended.
 */
final class Taking {
    private static final int ROUNDS = 8;
    private static final int ROUND = 32;
    private static final byte[] UNREAD = new byte[0];
    private static final String NEXT =
            "select message_id, turn, due_ms, attempts, order_keys, kept_ms from journal_queue"
                    + " where channel = ? and waits = ? and due_ms <= ? order by channel, waits, due_ms, message_id"
                    + " fetch first ? rows only";
    private static final String FIRST = "select k, (select turn from journal_key where channel = ? and order_key = k"
            + " order by channel, order_key, turn fetch first 1 row only)"
            + " from unnest(cast(? as bigint array)) as a (k)";
    private static final String ENTER = "insert into journal_key (channel, order_key, turn, message_id)"
            + " select cast(? as int), k, t, i from unnest(cast(? as bigint array), cast(? as bigint array),"
            + " cast(? as bigint array)) as a (k, t, i)";
    private static final String PLACE = "update journal_queue set waits = ?, turn = ?, due_ms = ?, lease = ?,"
            + " attempts = attempts + ?, changed_ms = coalesce(?, changed_ms) where message_id = ?";

    private static final int[] PLACE_TYPES = {
        Types.INTEGER, Types.BIGINT, Types.BIGINT, Types.BIGINT, Types.INTEGER, Types.BIGINT, Types.BIGINT
    };

    private final JdbcTemplate jdbc;
    private final LockedChannel channel;
    private final Wish wish;
    private final List<Next> taken = new ArrayList<>();
    private final List<Object[]> places = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    Taking(JdbcTemplate jdbc, LockedChannel channel, Wish wish) {
        this.jdbc = jdbc;
        this.channel = channel;
        this.wish = wish;
    }

    /**
     * What is wanted.
     *
     * @param name the channel's
     * @param token the number of the claim
     */
    record Wish(String name, int most, Duration lease, long token) {}

    /**
     * What there was.
     *
     * @param claims without content
     * @param exhausted whether nothing more can be taken now
     */
    record Taken(List<Claim> claims, boolean exhausted) {
        /** There is nothing. */
        static final Taken NOTHING = new Taken(List.of(), true);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Next(long id, long turn, long due, int attempts, byte[] keys, long kept) {
        Next at(long place) {
            return new Next(id, place, due, attempts, keys, kept);
        }
    }

    private record Entry(long key, long turn, long id) {}

    Taken take() {
        var due = new ArrayDeque<>(next(0, wish.most()));
        var limit = Math.max(wish.most() * 2, ROUND);
        var full = true;
        for (var round = 0; full && taken.size() < wish.most() && round < ROUNDS; round++) {
            var fresh = next(-1, limit);
            full = fresh.size() == limit;
            merge(due, fresh);
            write();
        }
        return new Taken(taken.stream().map(this::claim).toList(), taken.size() < wish.most() && !full);
    }

    private List<Next> next(int waits, int limit) {
        return jdbc.query(
                NEXT,
                (row, index) -> new Next(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getBytes(5), row.getLong(6)),
                channel.id(),
                waits,
                channel.now(),
                limit);
    }

    /** The oldest first, so that neither those that are tried again nor new ones keep the others from being worked. */
    private void merge(Deque<Next> due, List<Next> fresh) {
        var keys = inLine(fresh);
        var rest = new ArrayDeque<>(fresh);
        while (taken.size() < wish.most() && !(due.isEmpty() && rest.isEmpty())) {
            var first = due.peek();
            var second = rest.peek();
            if (second == null || (first != null && first.due() <= second.kept())) {
                take(due.remove());
            } else {
                place(rest.remove(), keys);
            }
        }
    }

    /** Which keys of these somebody in the line has. */
    private Set<Long> inLine(List<Next> fresh) {
        var keys = fresh.stream()
                .flatMapToLong(next -> Arrays.stream(Numbers.of(next.keys())))
                .distinct()
                .boxed()
                .toList();
        var found = new HashSet<Long>();
        Columns.inParts(
                keys,
                part -> jdbc.query(
                        FIRST, row -> new Columns(row).one(channel.id()).longs(part, key -> key), row -> {
                            if (row.getObject(2) != null) {
                                found.add(row.getLong(1));
                            }
                        }));
        return found;
    }

    private void place(Next next, Set<Long> inLine) {
        var turn = channel.turn();
        var waits = 0;
        for (var key : Numbers.of(next.keys())) {
            waits += inLine.add(key) ? 0 : 1;
            entries.add(new Entry(key, turn, next.id()));
        }
        if (waits == 0) {
            take(next.at(turn));
        } else {
            var due = Math.min(next.kept(), channel.now());
            places.add(new Object[] {waits, turn, due, null, 0, null, next.id()});
        }
    }

    private void take(Next next) {
        taken.add(next);
        var until = channel.now() + wish.lease().toMillis();
        places.add(new Object[] {0, next.turn(), until, wish.token(), 1, channel.now(), next.id()});
    }

    private void write() {
        Columns.inParts(
                entries,
                part -> jdbc.update(
                        ENTER,
                        row -> new Columns(row)
                                .one(channel.id())
                                .longs(part, Entry::key)
                                .longs(part, Entry::turn)
                                .longs(part, Entry::id)));
        entries.clear();
        jdbc.batchUpdate(PLACE, places, PLACE_TYPES);
        places.clear();
    }

    private Claim claim(Next next) {
        var lease = new Lease(wish.token(), channel.id(), next.turn(), next.keys());
        return new Claim(
                next.id(), wish.name(), UNREAD, next.attempts() + 1, Instant.ofEpochMilli(next.kept()), lease.text());
    }
}

package org.ehrhub.store.journal;

import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.Settlement;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets go of messages of channels whose rows are locked. */
final class Settling {
    private static final String REST =
            "update journal_queue set due_ms = ?, lease = null, reason = ?, changed_ms = ? where message_id = ? and lease = ?";
    private static final String HOLD = "update journal_queue set due_ms = ? where message_id = ? and lease = ?";
    private static final String LEAVE = "delete from journal_queue where message_id = ? and lease = ?";
    private static final String LEAVE_KEY = "delete from journal_key where channel = ? and order_key = ? and turn = ?";
    private static final String FREE =
            "update journal_queue set waits = waits - 1 where message_id = (select message_id"
                    + " from journal_key where channel = ? and order_key = ? order by channel, order_key, turn"
                    + " fetch first 1 row only)";
    private static final String OUTCOMES =
            "insert into journal_outcome (message_id, state, changed_ms, attempts, reason)"
                    + " select i, s, cast(? as bigint), a, r from unnest(cast(? as bigint array), cast(? as varchar array),"
                    + " cast(? as int array), cast(? as varchar array)) as o (i, s, a, r)";

    private final JdbcTemplate jdbc;
    private final Map<Integer, LockedChannel> channels;
    private final Set<Integer> freed = new HashSet<>();

    Settling(JdbcTemplate jdbc, Map<Integer, LockedChannel> channels) {
        this.jdbc = jdbc;
        this.channels = channels;
    }

    /** A claim and what becomes of it. */
    record One(Claim claim, Lease lease, Settlement settlement) {
        boolean finished() {
            return !(settlement instanceof Settlement.Retry);
        }

        String state() {
            return settlement instanceof Settlement.Dead ? "DEAD" : "DONE";
        }

        @Nullable
        String reason() {
            return switch (settlement) {
                case Settlement.Done done -> null;
                case Settlement.Retry retry -> retry.reason();
                case Settlement.Dead dead -> dead.reason();
            };
        }
    }

    /** Gives those that were still held, which is all that was written. */
    List<One> settle(List<One> all, long changed) {
        var held = new ArrayList<One>(
                rest(all.stream().filter(one -> !one.finished()).toList()));
        var finished = leave(all.stream().filter(One::finished).toList());
        if (!finished.isEmpty()) {
            free(finished);
            outcomes(finished, changed);
            count(finished);
        }
        held.addAll(finished);
        return held;
    }

    private List<One> rest(List<One> all) {
        all.stream()
                .filter(one -> ((Settlement.Retry) one.settlement()).after().isZero())
                .forEach(one -> freed.add(one.lease().channel()));
        var rows = all.stream()
                .map(one -> new Object[] {
                    now(one.lease())
                            + ((Settlement.Retry) one.settlement()).after().toMillis(),
                    one.reason(),
                    now(one.lease()),
                    one.claim().id(),
                    one.lease().token()
                })
                .toList();
        return written(all, REST, rows, Types.BIGINT, Types.VARCHAR, Types.BIGINT, Types.BIGINT, Types.BIGINT);
    }

    /** Holds claims for so many ms more; gives those that were still held. */
    List<Claim> hold(List<Claim> claims, long millis) {
        var rows = claims.stream()
                .map(claim -> {
                    var lease = Lease.of(claim);
                    return new Object[] {now(lease) + millis, claim.id(), lease.token()};
                })
                .toList();
        return written(claims, HOLD, rows, Types.BIGINT, Types.BIGINT, Types.BIGINT);
    }

    private long now(Lease lease) {
        return Objects.requireNonNull(channels.get(lease.channel())).now();
    }

    private List<One> leave(List<One> all) {
        var rows = all.stream()
                .map(one -> new Object[] {one.claim().id(), one.lease().token()})
                .toList();
        return written(all, LEAVE, rows, Types.BIGINT, Types.BIGINT);
    }

    private <T> List<T> written(List<T> all, String statement, List<Object[]> rows, int... types) {
        if (all.isEmpty()) {
            return List.of();
        }
        var counts = jdbc.batchUpdate(statement, rows, types);
        var written = new ArrayList<T>();
        for (var index = 0; index < counts.length; index++) {
            if (counts[index] > 0) {
                written.add(all.get(index));
            }
        }
        return written;
    }

    /** A message that is worked was the first of all its keys, so whoever is first of one of them now had waited for it alone there. */
    private void free(List<One> finished) {
        var left = new ArrayList<Object[]>();
        var next = new ArrayList<Object[]>();
        for (var one : finished) {
            var lease = one.lease();
            for (var key : Numbers.of(lease.keys())) {
                left.add(new Object[] {lease.channel(), key, lease.turn()});
                next.add(new Object[] {lease.channel(), key});
            }
        }
        if (!left.isEmpty()) {
            jdbc.batchUpdate(LEAVE_KEY, left);
            var counts = jdbc.batchUpdate(FREE, next);
            for (var index = 0; index < counts.length; index++) {
                if (counts[index] > 0) {
                    freed.add((Integer) next.get(index)[0]);
                }
            }
        }
    }

    /** The channels in which a message need not wait any more. */
    Set<Integer> freed() {
        return Set.copyOf(freed);
    }

    private void outcomes(List<One> finished, long changed) {
        jdbc.update(
                OUTCOMES,
                row -> new Columns(row)
                        .one(changed)
                        .longs(finished, one -> one.claim().id())
                        .texts(finished, One::state)
                        .ints(finished, one -> one.claim().attempt())
                        .texts(finished, One::reason));
    }

    private void count(List<One> finished) {
        finished.stream()
                .collect(Collectors.groupingBy(one -> one.lease().channel()))
                .forEach((channel, ones) -> {
                    var dead = ones.stream()
                            .filter(one -> one.settlement() instanceof Settlement.Dead)
                            .count();
                    var row = Objects.requireNonNull(channels.get(channel));
                    row.dead(dead);
                    row.done(ones.size() - dead);
                });
    }
}

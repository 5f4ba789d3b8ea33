package org.ehrhub.store;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.policy.IdempotencyLedger;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The idempotency ledger as a table that several hubs may share. A write that was under way on a hub that ended, or whose
 * heart has not beaten for longer than a call of that hub may take and {@link #GRACE}, has an unknown outcome.
 */
public final class StoredLedger implements IdempotencyLedger {
    /**
     * How long a hub of a shared store may be silent, beyond its longest call, before its writes are taken for cut short. A hub
     * that has lost the store alone may still be sending what it claimed before.
     */
    public static final Duration GRACE = Duration.ofSeconds(30);

    private static final int TRIES = 5;

    private final Database database;
    private final String node;
    private final Duration patience;
    private final InstantSource clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /**
     * The ledger of the hub of this name, which has just started: no write of an earlier run can still be under way.
     *
     * @param longestCall how long a write of this hub may be under way
     */
    public StoredLedger(Database database, String node, Duration longestCall, InstantSource clock) {
        this.database = database;
        this.node = node;
        this.patience = longestCall.plus(GRACE);
        this.clock = clock;
        beat();
    }

    private enum State {
        STARTED,
        DONE,
        FAILED,
        UNKNOWN
    }

    private record Row(String digest, State state, String node) {}

    /** A row of this hub counts as under way only while the hub knows of it: a claim or an outcome may have got lost. */
    @Override
    public Claim claim(String key, String digest) {
        var first = underWay.add(key);
        var claim = Claim.RUNNING;
        try {
            claim = tried(key, digest, first);
            return claim;
        } finally {
            if (first && claim != Claim.NEW && claim != Claim.UNKNOWN) {
                underWay.remove(key);
            }
        }
    }

    private Claim tried(String key, String digest, boolean first) {
        for (var left = TRIES; ; left--) {
            try {
                return database.durably(sql -> claim(sql, key, digest, first));
            } catch (Collision e) {
                if (left == 0) {
                    return Claim.RUNNING; // somebody else is at this key
                }
            }
        }
    }

    private Claim claim(JdbcClient sql, String key, String digest, boolean first) {
        try {
            var known = row(sql, key);
            if (known.isEmpty() && !first) {
                return Claim.RUNNING; // it is just being claimed
            }
            if (known.isEmpty()) {
                sql.sql("insert into idempotency (write_key, digest, state, node, changed_ms) values (?, ?, ?, ?, ?)")
                        .params(key, digest, State.STARTED.name(), node, clock.millis())
                        .update();
                return Claim.NEW;
            }
            var answer = answer(sql, known.get(), digest);
            if (answer == Claim.NEW || answer == Claim.UNKNOWN) {
                if (!first) {
                    return Claim.RUNNING;
                }
                sql.sql("update idempotency set digest = ?, state = ?, node = ?, changed_ms = ? where write_key = ?")
                        .params(digest, State.STARTED.name(), node, clock.millis(), key)
                        .update();
            }
            return answer;
        } catch (DuplicateKeyException | ConcurrencyFailureException e) {
            throw new Collision(e);
        }
    }

    private static Optional<Row> row(JdbcClient sql, String key) {
        return sql.sql("select digest, state, node from idempotency where write_key = ? for update")
                .param(key)
                .query((row, index) -> new Row(row.getString(1), State.valueOf(row.getString(2)), row.getString(3)))
                .optional();
    }

    private Claim answer(JdbcClient sql, Row known, String digest) {
        if (known.state() == State.FAILED) {
            return Claim.NEW;
        }
        if (!known.digest().equals(digest)) {
            return Claim.OTHER_ARGUMENTS;
        }
        return switch (known.state()) {
            case DONE -> Claim.DONE;
            case UNKNOWN, FAILED -> Claim.UNKNOWN;
            case STARTED -> !known.node().equals(node) && isAlive(sql, known.node()) ? Claim.RUNNING : Claim.UNKNOWN;
        };
    }

    /** By the database's clock alone, for those of two hubs may differ; and by the other's own patience, for its calls' sake. */
    private static boolean isAlive(JdbcClient sql, String other) {
        return sql.sql("select beat_at, current_timestamp, patience_ms from hub_node where node = ?")
                .param(other)
                .query((row, index) ->
                        Duration.between(row.getObject(1, OffsetDateTime.class), row.getObject(2, OffsetDateTime.class))
                                        .toMillis()
                                < row.getLong(3))
                .optional()
                .orElse(false);
    }

    /** Shows the other hubs that this one lives; called much more often than {@link #GRACE}. */
    public void beat() {
        database.durably(sql -> {
            release(sql);
            var beaten = sql.sql("update hub_node set beat_at = current_timestamp, patience_ms = ? where node = ?")
                    .params(patience.toMillis(), node)
                    .update();
            return beaten == 1
                    ? beaten
                    : sql.sql("insert into hub_node (node, beat_at, patience_ms) values (?, current_timestamp, ?)")
                            .params(node, patience.toMillis())
                            .update();
        });
    }

    /** Lets go of what this hub claimed and no longer knows of: the others would take it for under way while this one lives. */
    private void release(JdbcClient sql) {
        sql
                .sql("select write_key, changed_ms from idempotency where state = 'STARTED' and node = ?")
                .param(node)
                .query((row, index) -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .filter(row -> !underWay.contains(row.getKey()))
                .forEach(row -> sql.sql("update idempotency set state = 'UNKNOWN' where write_key = ? and node = ?"
                                + " and state = 'STARTED' and changed_ms = ?")
                        .params(row.getKey(), node, row.getValue())
                        .update());
    }

    /** That a write was done is final; of a write that another hub has taken up meanwhile, it is all that counts. */
    @Override
    public void settle(String key, Outcome outcome) {
        var state = switch (outcome) {
            case DONE -> State.DONE;
            case NOT_DONE -> State.FAILED;
            case UNKNOWN -> State.UNKNOWN;
        };
        try {
            database.durably(sql -> sql.sql("update idempotency set state = ?, changed_ms = ? where write_key = ?"
                            + " and state <> 'DONE' and (node = ? or ? = 'DONE')")
                    .params(state.name(), clock.millis(), key, node, state.name())
                    .update());
        } finally {
            underWay.remove(key);
        }
    }

    /**
     * Forgets the writes that were done or refused so long ago. One whose fate is unknown is kept: forgotten, it would be sent
     * again without a look.
     *
     * @return how many
     */
    public int forget(Duration age) {
        return database.durably(
                sql -> sql.sql("delete from idempotency where state in ('DONE', 'FAILED') and changed_ms < ?")
                        .param(clock.instant().minus(age).toEpochMilli())
                        .update());
    }

    /** Two claims met; the transaction of this one is undone and tried anew. */
    private static final class Collision extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Collision(Throwable cause) {
            super(cause);
        }
    }
}

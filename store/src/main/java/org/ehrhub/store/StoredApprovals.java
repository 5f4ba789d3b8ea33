package org.ehrhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.Digests;
import org.ehrhub.store.Payloads.Column;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Approvals as a table that several hubs may share; a decision and a use are one conditional update each. A question that is
 * open holds a unique key, so that the same one is not open twice.
 */
public final class StoredApprovals implements Approvals {
    private static final String COLUMNS =
            "select id, digest, principal, actor, tool, ehr, need, preview, expires_ms, state,"
                    + " decided_by, reason from approval";
    private static final int TRIES = 5;

    private final Database database;
    private final Payloads payloads;
    private final InstantSource clock;

    /** Approvals in this database; previews are encrypted. */
    public StoredApprovals(Database database, Payloads payloads, InstantSource clock) {
        this.database = database;
        this.payloads = payloads;
        this.clock = clock;
    }

    @Override
    public Optional<Held> ask(Question question) {
        for (var left = TRIES; ; left--) {
            try {
                return database.durably(sql -> ask(sql, question));
            } catch (Collision e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private Optional<Held> ask(JdbcClient sql, Question question) {
        var key = Digests.sha256(
                question.principal(), question.digest(), question.need().name());
        try {
            sql.sql("update approval set open_key = null where open_key = ? and expires_ms <= ?")
                    .params(key, clock.millis())
                    .update();
            var open = sql.sql(COLUMNS + " where open_key = ?")
                    .param(key)
                    .query(this::held)
                    .optional();
            return open.isPresent() || isTooMuch(sql, question.principal()) ? open : inserted(sql, question, key);
        } catch (DuplicateKeyException | ConcurrencyFailureException e) {
            throw new Collision(e);
        }
    }

    private boolean isTooMuch(JdbcClient sql, String principal) {
        return sql.sql("select count(*) from approval where principal = ? and state = 'ASKED' and expires_ms > ?")
                        .params(principal, clock.millis())
                        .query(Integer.class)
                        .single()
                >= MOST_WAITING;
    }

    private Optional<Held> inserted(JdbcClient sql, Question question, String key) {
        var id = OwnerFile.fresh(16);
        var preview = payloads.seal(Column.APPROVAL_PREVIEW, id, question.preview());
        sql.sql("insert into approval (id, digest, principal, actor, tool, ehr, need, preview, state, open_key,"
                        + " asked_ms, expires_ms) values (?, ?, ?, nullif(?, ''), ?, ?, ?, ?, 'ASKED', ?, ?, ?)")
                .params(
                        id,
                        question.digest(),
                        question.principal(),
                        Objects.requireNonNullElse(question.actor(), ""),
                        question.tool(),
                        question.ehr(),
                        question.need().name(),
                        preview,
                        key,
                        clock.millis(),
                        question.expires().toEpochMilli())
                .update();
        return Optional.of(new Held(id, question, State.ASKED, null, null));
    }

    @Override
    public Optional<Held> find(String id) {
        return database.read(sql ->
                sql.sql(COLUMNS + " where id = ?").param(id).query(this::held).optional());
    }

    @Override
    public List<Held> waiting() {
        return database.read(sql -> sql.sql(COLUMNS + " where state = 'ASKED' and expires_ms > ? order by asked_ms, id")
                .param(clock.millis())
                .query(this::held)
                .list());
    }

    @Override
    public boolean decide(String id, Verdict verdict) {
        var state = verdict.approved() ? State.APPROVED : State.REJECTED;
        var given = verdict.reason();
        var reason = given == null ? "" : payloads.seal(Column.APPROVAL_REASON, id, given);
        return database.durably(sql -> sql.sql("update approval set state = ?, decided_by = ?, reason = nullif(?, ''),"
                                + " decided_ms = ?, open_key = case when ? = 'APPROVED' then open_key end"
                                + " where id = ? and state = 'ASKED' and expires_ms > ?")
                        .params(state.name(), verdict.by(), reason, clock.millis(), state.name(), id, clock.millis())
                        .update())
                == 1;
    }

    @Override
    public boolean take(String id, String digest, String principal, String writeKey) {
        return database.durably(sql -> sql.sql("update approval set state = 'USED', used_by = ?, used_ms = ?,"
                                + " open_key = null where id = ? and digest = ? and principal = ? and expires_ms > ?"
                                + " and (state = 'APPROVED' or (state = 'USED' and used_by = ?))")
                        .params(writeKey, clock.millis(), id, digest, principal, clock.millis(), writeKey)
                        .update())
                == 1;
    }

    /**
     * Forgets those whose time was over so long ago, with what they show of charts.
     *
     * @return how many
     */
    int forget(Duration age) {
        return database.durably(sql -> sql.sql("delete from approval where expires_ms < ?")
                .param(clock.instant().minus(age).toEpochMilli())
                .update());
    }

    private Held held(ResultSet row, int index) throws SQLException {
        var id = row.getString("id");
        var reason = row.getString("reason");
        var expires = Instant.ofEpochMilli(row.getLong("expires_ms"));
        var state = State.valueOf(row.getString("state"));
        var open = state == State.ASKED || state == State.APPROVED;
        return new Held(
                id,
                new Question(
                        row.getString("digest"),
                        row.getString("principal"),
                        row.getString("actor"),
                        row.getString("tool"),
                        row.getString("ehr"),
                        ApprovalNeed.valueOf(row.getString("need")),
                        payloads.open(Column.APPROVAL_PREVIEW, id, row.getString("preview")),
                        expires),
                open && !expires.isAfter(clock.instant()) ? State.EXPIRED : state,
                row.getString("decided_by"),
                reason == null ? null : payloads.open(Column.APPROVAL_REASON, id, reason));
    }

    /** The same question was asked twice at once; the transaction of this one is undone and tried anew. */
    private static final class Collision extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Collision(Throwable cause) {
            super(cause);
        }
    }
}

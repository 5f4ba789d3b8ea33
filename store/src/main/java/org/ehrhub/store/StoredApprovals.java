package org.ehrhub.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.ehrhub.policy.Approvals;
import org.ehrhub.store.Payloads.Column;

/** Approvals as a table that several hubs may share; a decision and a use are one conditional update each. */
public final class StoredApprovals implements Approvals {
    private static final String COLUMNS =
            "select id, digest, principal, tool, preview, expires_ms, state, decided_by from approval";

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
    public String ask(Question question) {
        var id = OwnerFile.fresh(16);
        var preview = payloads.seal(Column.APPROVAL_PREVIEW, id, question.preview());
        database.durably(sql -> sql.sql("insert into approval (id, digest, principal, tool, preview, state, asked_ms,"
                        + " expires_ms) values (?, ?, ?, ?, ?, 'ASKED', ?, ?)")
                .params(
                        id,
                        question.digest(),
                        question.principal(),
                        question.tool(),
                        preview,
                        clock.millis(),
                        question.expires().toEpochMilli())
                .update());
        return id;
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
    public boolean decide(String id, boolean approved, String decidedBy) {
        return database.durably(sql -> sql.sql("update approval set state = ?, decided_by = ?, decided_ms = ?"
                                + " where id = ? and state = 'ASKED' and expires_ms > ?")
                        .params(
                                (approved ? State.APPROVED : State.REJECTED).name(),
                                decidedBy,
                                clock.millis(),
                                id,
                                clock.millis())
                        .update())
                == 1;
    }

    @Override
    public boolean take(String id, String digest, String principal) {
        return database.durably(sql -> sql.sql("update approval set state = 'USED', used_ms = ? where id = ?"
                                + " and state = 'APPROVED' and digest = ? and principal = ? and expires_ms > ?")
                        .params(clock.millis(), id, digest, principal, clock.millis())
                        .update())
                == 1;
    }

    /**
     * Forgets those whose time was over so long ago.
     *
     * @return how many
     */
    public int forget(Duration age) {
        return database.durably(sql -> sql.sql("delete from approval where expires_ms < ?")
                .param(clock.instant().minus(age).toEpochMilli())
                .update());
    }

    private Held held(ResultSet row, int index) throws SQLException {
        var id = row.getString("id");
        var expires = Instant.ofEpochMilli(row.getLong("expires_ms"));
        var state = State.valueOf(row.getString("state"));
        var open = state == State.ASKED || state == State.APPROVED;
        return new Held(
                id,
                new Question(
                        row.getString("digest"),
                        row.getString("principal"),
                        row.getString("tool"),
                        payloads.open(Column.APPROVAL_PREVIEW, id, row.getString("preview")),
                        expires),
                open && !expires.isAfter(clock.instant()) ? State.EXPIRED : state,
                row.getString("decided_by"));
    }
}

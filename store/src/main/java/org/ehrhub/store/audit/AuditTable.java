package org.ehrhub.store.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ehrhub.store.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records of the trail in the database. */
final class AuditTable {
    private static final String COLUMNS = "node, seq, at_ms, call_id, stage, principal, on_behalf_of, client, purpose, tool,"
            + " ehrs, patients, records, decision, decided_by, approval, downstream, outcome, duration_us, trace_id, hash";
    private static final String INSERT = "insert into audit_record (" + COLUMNS + ") values ("
            + Arrays.stream(COLUMNS.split(", *", -1)).map(column -> "?").collect(Collectors.joining(", ")) + ")";
    private static final int PAGE = 4000;

    private AuditTable() {}

    /** The end of a chain. */
    record End(long seq, String hash) {}

    static void insert(JdbcTemplate jdbc, List<AuditRecord> records) {
        jdbc.batchUpdate(INSERT, records, records.size(), AuditTable::bind);
    }

    /** The last record of a hub. */
    static Optional<End> end(JdbcClient sql, String node) {
        return sql.sql("select seq, hash from audit_record where node = ? order by seq desc fetch first 1 rows only")
                .param(node)
                .query((row, index) -> new End(row.getLong(1), row.getString(2)))
                .optional();
    }

    /** Reads all that fit, a page at a time, by hub and number. */
    static void forEach(Database database, AuditQuery query, Consumer<AuditRecord> consumer) {
        forEach(database, query, Long.MIN_VALUE, consumer);
    }

    /** Reads all that fit and come after this number. */
    static void forEach(Database database, AuditQuery query, long after, Consumer<AuditRecord> consumer) {
        var place = new Place("", after);
        while (true) {
            var page = page(database, query, place);
            page.forEach(consumer);
            if (page.size() < PAGE) {
                return;
            }
            place = new Place(page.getLast().node(), page.getLast().seq());
        }
    }

    private record Place(String node, long seq) {}

    private static List<AuditRecord> page(Database database, AuditQuery query, Place after) {
        var within = query.node() == null
                ? "(node > :node or (node = :node and seq > :seq))"
                : "node = :node and seq > :seq";
        var node = query.node() == null ? after.node() : query.node();
        return database.read(sql -> sql.sql("select " + COLUMNS + " from audit_record where " + within + query.conditions()
                        + " order by node, seq fetch first " + PAGE + " rows only")
                .params(query.parameters())
                .param("node", node)
                .param("seq", after.seq())
                .query(AuditTable::read)
                .list());
    }

    private static void bind(PreparedStatement row, AuditRecord one) throws SQLException {
        row.setString(1, one.node());
        row.setLong(2, one.seq());
        row.setLong(3, one.at().toEpochMilli());
        row.setString(4, one.callId());
        row.setString(5, one.stage());
        row.setString(6, one.principal());
        row.setString(7, one.onBehalfOf());
        row.setString(8, one.client());
        row.setString(9, one.purpose());
        row.setString(10, one.tool());
        row.setString(11, one.ehrs());
        row.setString(12, one.patients());
        row.setString(13, one.records());
        row.setString(14, one.decision());
        row.setString(15, one.rule());
        row.setString(16, one.approval());
        row.setString(17, one.downstream());
        row.setString(18, one.outcome());
        row.setObject(19, one.durationMicros(), Types.BIGINT);
        row.setString(20, one.traceId());
        row.setString(21, one.hash());
    }

    private static AuditRecord read(ResultSet row, int index) throws SQLException {
        return new AuditRecord(
                row.getString(1),
                row.getLong(2),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                row.getString(17),
                row.getString(18),
                number(row, 19),
                row.getString(20),
                row.getString(21));
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}

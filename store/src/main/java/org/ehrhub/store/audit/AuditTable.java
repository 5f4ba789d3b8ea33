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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ehrhub.store.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records of the trail in the database. */
final class AuditTable {
    private static final String COLUMNS =
            "node, seq, at_ms, call_id, stage, principal, on_behalf_of, client, purpose, tool,"
                    + " ehrs, patients, records, decision, decided_by, approval, downstream, outcome, duration_us, trace_id, hash";
    private static final String INSERT = "insert into audit_record (" + COLUMNS + ") values ("
            + Arrays.stream(COLUMNS.split(", *", -1)).map(column -> "?").collect(Collectors.joining(", ")) + ")";
    private static final int PART = 5000;

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

    /** Reads all that fit, by hub and number. */
    static void forEach(Database database, AuditQuery query, Consumer<AuditRecord> consumer) {
        var nodes = query.node() != null
                ? List.of(query.node())
                : database.read(sql -> sql.sql("select distinct node from audit_record order by node")
                        .query(String.class)
                        .list());
        nodes.forEach(node -> forEach(database, query.of(node), Long.MIN_VALUE, consumer));
    }

    /** Reads all of one hub that fit and come after this number. */
    static void forEach(Database database, AuditQuery query, long after, Consumer<AuditRecord> consumer) {
        for (var first = next(database, query, after); first.isPresent(); ) {
            first = next(database, query, walk(database, query, first.get(), consumer));
        }
    }

    /**
     * Reads part after part until one is empty, and gives the last number of that. While a part is looked at, the next is read;
     * a part is a range of numbers, which no database takes for a reason to sort the table.
     */
    private static long walk(Database database, AuditQuery query, long first, Consumer<AuditRecord> consumer) {
        var end = end(first);
        var rows = part(database, query, first, end).get();
        while (!rows.isEmpty() && end < Long.MAX_VALUE) {
            var following = end(end + 1);
            var later = part(database, query, end + 1, following);
            rows.forEach(consumer);
            rows = later.get();
            end = following;
        }
        rows.forEach(consumer);
        return end;
    }

    private static long end(long first) {
        return first > Long.MAX_VALUE - PART ? Long.MAX_VALUE : first + PART - 1;
    }

    /** The first number of the hub after this one. */
    private static Optional<Long> next(Database database, AuditQuery query, long after) {
        return database.read(
                sql -> sql.sql("select seq from audit_record where node = :node and seq > :after order by seq"
                                + " fetch first 1 rows only")
                        .param("node", query.node())
                        .param("after", after)
                        .query(Long.class)
                        .optional());
    }

    private static Supplier<List<AuditRecord>> part(Database database, AuditQuery query, long first, long last) {
        return database.reading(sql -> sql.sql("select " + COLUMNS
                        + " from audit_record where node = :node and seq between :first and :last" + query.conditions()
                        + " order by seq")
                .params(query.parameters())
                .param("node", query.node())
                .param("first", first)
                .param("last", last)
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

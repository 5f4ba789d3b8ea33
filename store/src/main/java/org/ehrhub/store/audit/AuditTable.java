package org.ehrhub.store.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ehrhub.store.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records of the trail in the database. */
final class AuditTable {
    /** All columns, in the order of the parts of {@link AuditRecord}. */
    static final String COLUMNS = "node, seq, at_ms, call_id, stage, principal, on_behalf_of, client, purpose, tool,"
            + " ehrs, patients, records, decision, decided_by, approval, downstream, outcome, duration_us, trace_id, hash";

    private static final String INSERT = "insert into audit_record (" + COLUMNS + ") values ("
            + Arrays.stream(COLUMNS.split(", *", -1)).map(column -> "?").collect(Collectors.joining(", ")) + ")";

    private AuditTable() {}

    /** The end of a chain. */
    record End(long seq, String hash) {}

    static int insert(JdbcTemplate jdbc, AuditRecord record) {
        return jdbc.update(INSERT, row -> bind(row, record));
    }

    static int insert(JdbcTemplate jdbc, List<AuditRecord> records) {
        jdbc.batchUpdate(INSERT, records, records.size(), AuditTable::bind);
        return records.size();
    }

    /** The last record of a hub. */
    static Optional<End> end(JdbcClient sql, String node) {
        return sql.sql("select seq, hash from audit_record where node = ? order by node desc, seq desc"
                        + " fetch first 1 rows only")
                .param(node)
                .query((row, index) -> new End(row.getLong(1), row.getString(2)))
                .optional();
    }

    /** The hash of a hub's record of this number. */
    static Optional<String> hash(JdbcClient sql, String node, long seq) {
        return sql.sql("select hash from audit_record where node = ? and seq = ?")
                .params(node, seq)
                .query(String.class)
                .optional();
    }

    /** Reads all that fit, by hub and number. */
    static void forEach(Database database, AuditQuery query, Consumer<AuditRecord> consumer) {
        var nodes = query.node() != null
                ? List.of(query.node())
                : database.read(sql -> sql.sql("select distinct node from audit_record order by node")
                        .query(String.class)
                        .list());
        nodes.forEach(node -> new AuditParts<>(database, query.of(node), AuditParts.USUAL, AuditTable::list)
                .forEach(Long.MIN_VALUE, records -> records.forEach(consumer)));
    }

    private static AuditParts.Look<List<AuditRecord>> list() {
        var records = new ArrayList<AuditRecord>();
        return new AuditParts.Look<>() {
            @Override
            public String columns() {
                return COLUMNS;
            }

            @Override
            public void next(ResultSet row) throws SQLException {
                records.add(read(row));
            }

            @Override
            public List<AuditRecord> end() {
                return records;
            }
        };
    }

    /** The last number of the hub. */
    static Optional<Long> last(JdbcClient sql, AuditQuery query) {
        return end(sql, Objects.requireNonNull(query.node())).map(End::seq);
    }

    /** The first number of the hub after this one. */
    static Optional<Long> next(JdbcClient sql, AuditQuery query, long after) {
        return sql.sql("select seq from audit_record where node = :node and seq > :after order by node, seq"
                        + " fetch first 1 rows only")
                .param("node", query.node())
                .param("after", after)
                .query(Long.class)
                .optional();
    }

    /** From one number to another, both included. */
    record Numbers(long first, long last) {}

    /** Looks at the records of the hub that fit, by number; gives how many they were. */
    static long part(JdbcClient sql, AuditQuery query, Numbers numbers, AuditParts.Look<?> look) {
        var count = new LongAdder();
        sql.sql("select " + look.columns() + " from audit_record where node = :node and seq between :first and :last"
                        + query.conditions() + " order by node, seq")
                .params(query.parameters())
                .param("node", query.node())
                .param("first", numbers.first())
                .param("last", numbers.last())
                .query(row -> {
                    look.next(row);
                    count.increment();
                });
        return count.sum();
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

    static AuditRecord read(ResultSet row) throws SQLException {
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

package org.ehrhub.store.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A signed statement of a hub about its chain: that the record of this number has this hash.
 *
 * @param previousSeq the number of the checkpoint before it; 0 for the first
 * @param others the newest checkpoints of the other hubs as {@code node:seq:hash}, separated by spaces: each hub vouches for
 *     the chains of the others
 * @param atMillis when, in milliseconds of the epoch
 * @param keyId the key that signed
 * @param signature its signature, in hexadecimal digits
 */
record Checkpoint(
        String node,
        long seq,
        String hash,
        long previousSeq,
        String others,
        long atMillis,
        String keyId,
        String signature) {
    private static final String COLUMNS = "node, seq, hash, previous_seq, others, at_ms, key_id, signature";

    /** The same, signed. */
    Checkpoint signed(AuditKeys keys) {
        var unsigned = new Checkpoint(node, seq, hash, previousSeq, others, atMillis, keys.keyId(), "");
        return new Checkpoint(
                node, seq, hash, previousSeq, others, atMillis, keys.keyId(), keys.sign(unsigned.statement()));
    }

    boolean isSignedBy(AuditKeys keys) {
        return keys.verifies(keyId, statement(), signature);
    }

    private byte[] statement() {
        return new Canonical()
                .add("checkpoint")
                .add(node)
                .add(seq)
                .add(hash)
                .add(previousSeq)
                .add(others)
                .add(atMillis)
                .add(keyId)
                .take();
    }

    void insert(JdbcClient sql) {
        sql.sql("insert into audit_checkpoint (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(node, seq, hash, previousSeq, others, atMillis, keyId, signature)
                .update();
    }

    /** Those of a hub, the oldest first. */
    static List<Checkpoint> of(JdbcClient sql, String node) {
        return sql.sql("select " + COLUMNS + " from audit_checkpoint where node = ? order by seq")
                .param(node)
                .query((row, index) -> read(row))
                .list();
    }

    /** The newest of a hub. */
    static Optional<Checkpoint> newest(JdbcClient sql, String node) {
        return sql.sql("select " + COLUMNS + " from audit_checkpoint where node = ? order by seq desc"
                        + " fetch first 1 rows only")
                .param(node)
                .query((row, index) -> read(row))
                .optional();
    }

    /** The newest of every hub but this one, as another checkpoint vouches for them. */
    static String others(JdbcClient sql, String node) {
        return sql
                .sql("select node, seq, hash from audit_checkpoint c where node <> ?"
                        + " and seq = (select max(seq) from audit_checkpoint n where n.node = c.node) order by node")
                .param(node)
                .query((row, index) -> row.getString(1) + ":" + row.getLong(2) + ":" + row.getString(3))
                .list()
                .stream()
                .collect(Collectors.joining(" "));
    }

    private static Checkpoint read(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8));
    }
}

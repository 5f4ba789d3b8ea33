package org.ehrhub.store.audit;

import java.time.Instant;
import java.util.Optional;
import org.ehrhub.store.Database;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A signed statement of a hub that it took the records up to this number off its chain, because they had been kept long
 * enough; what is left follows this hash.
 *
 * @param atMillis when, in milliseconds of the epoch
 * @param keyId the key that signed
 * @param signature its signature, in hexadecimal digits
 */
record Pruned(String node, long seq, String hash, long atMillis, String keyId, String signature) {
    private static final Pruned NOTHING = new Pruned("", 0, AuditRecord.GENESIS, 0, "", "");

    boolean isSignedBy(AuditKeys keys) {
        return keys.verifies(keyId, statement(), signature);
    }

    private byte[] statement() {
        return new Canonical()
                .add("pruned")
                .add(node)
                .add(seq)
                .add(hash)
                .add(atMillis)
                .add(keyId)
                .take();
    }

    /** Where a hub's chain begins. */
    AuditTable.End end() {
        return new AuditTable.End(seq, hash);
    }

    /** What was taken off a hub's chain; number 0 and the hash before the first record when nothing was. */
    static Pruned of(JdbcClient sql, String node) {
        return sql.sql("select node, seq, hash, at_ms, key_id, signature from audit_pruned where node = ?")
                .param(node)
                .query((row, index) -> new Pruned(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6)))
                .optional()
                .orElse(NOTHING);
    }

    /**
     * Takes the records older than a time off a hub's chain, up to a checkpoint.
     *
     * @return how many
     */
    static int prune(Database database, AuditKeys keys, String node, Instant before, Instant now) {
        return database.durably(sql -> last(sql, node, before)
                .map(checkpoint -> prune(sql, keys, checkpoint, now))
                .orElse(0));
    }

    /** The newest checkpoint before the oldest record that must stay. */
    private static Optional<Checkpoint> last(JdbcClient sql, String node, Instant before) {
        var stays = sql.sql(
                        "select coalesce(min(seq), 9223372036854775807) from audit_record where node = ? and at_ms >= ?")
                .params(node, before.toEpochMilli())
                .query(Long.class)
                .single();
        var pruned = of(sql, node).seq();
        return Checkpoint.of(sql, node).stream()
                .filter(one -> one.seq() < stays && one.seq() > pruned)
                .reduce((first, second) -> second);
    }

    private static int prune(JdbcClient sql, AuditKeys keys, Checkpoint last, Instant now) {
        var unsigned = new Pruned(last.node(), last.seq(), last.hash(), now.toEpochMilli(), keys.keyId(), "");
        sql.sql("delete from audit_pruned where node = ?").param(last.node()).update();
        sql.sql("insert into audit_pruned (node, seq, hash, at_ms, key_id, signature) values (?, ?, ?, ?, ?, ?)")
                .params(
                        unsigned.node(),
                        unsigned.seq(),
                        unsigned.hash(),
                        unsigned.atMillis(),
                        unsigned.keyId(),
                        keys.sign(unsigned.statement()))
                .update();
        sql.sql("delete from audit_checkpoint where node = ? and seq <= ?")
                .params(last.node(), last.seq())
                .update();
        return sql.sql("delete from audit_record where node = ? and seq <= ?")
                .params(last.node(), last.seq())
                .update();
    }
}

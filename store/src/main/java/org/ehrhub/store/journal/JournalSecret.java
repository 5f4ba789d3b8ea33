package org.ehrhub.store.journal;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.ehrhub.store.Database;
import org.ehrhub.store.Payloads;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The key of the journal's hashes, which hubs of one database share and which outlives the payload keys: it lies in the database,
 * encrypted under the current one of them.
 */
final class JournalSecret {
    private static final int BYTES = 32;
    private static final String ROW = "1";
    /** A key is noted daily; between that and its end it encrypts on. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private JournalSecret() {}

    /** The key, which is made if need be. */
    static byte[] of(Database database, Payloads payloads) {
        var known = database.read(JournalSecret::sealed);
        if (known.isEmpty()) {
            make(database, payloads);
        }
        var sealed = known.or(() -> database.read(JournalSecret::sealed)).orElseThrow();
        var key = payloads.open(Payloads.Column.JOURNAL_SECRET, ROW, sealed);
        if (!payloads.isCurrent(sealed)) {
            var anew = payloads.seal(Payloads.Column.JOURNAL_SECRET, ROW, key);
            database.durably(sql ->
                    sql.sql("update journal_secret set sealed = ?").param(anew).update());
        }
        return HexFormat.of().parseHex(key);
    }

    private static Optional<String> sealed(JdbcClient sql) {
        return sql.sql("select sealed from journal_secret").query(String.class).optional();
    }

    private static void make(Database database, Payloads payloads) {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        var sealed = payloads.seal(
                Payloads.Column.JOURNAL_SECRET, ROW, HexFormat.of().formatHex(key));
        insert(database, "insert into journal_secret (id, sealed) values (1, ?)", sealed);
    }

    /** Notes that contents are encrypted under the current payload key from now on, so that no hub starts without it. */
    static void note(Database database, Payloads payloads, InstantSource clock) {
        var key = payloads.currentKey();
        var noted = database.durably(sql -> sql.sql("update journal_seal set used_ms = ? where key_id = ?")
                .params(clock.millis(), key)
                .update());
        if (noted == 0) {
            insert(database, "insert into journal_seal (key_id, used_ms) values (?, ?)", key, clock.millis());
        }
    }

    /** Forgets the older keys under which no content is encrypted any more. */
    static void forget(Database database, Payloads payloads, InstantSource clock) {
        var oldest = database.read(sql -> sql.sql("select min(kept_ms) from journal_message")
                .query((row, index) -> row.getObject(1) == null ? clock.millis() : row.getLong(1))
                .single());
        database.durably(sql -> sql.sql("delete from journal_seal where key_id <> ? and used_ms < ?")
                .params(payloads.currentKey(), oldest - MARGIN.toMillis())
                .update());
    }

    /** In a transaction of its own, because PostgreSQL ends one in which a row was there already; another hub's is as good. */
    private static void insert(Database database, String statement, Object... values) {
        try {
            database.durably(sql ->
                    Collision.noticed(() -> sql.sql(statement).params(values).update()));
        } catch (Collision e) {
            // another hub was first
        }
    }
}

package org.ehrhub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * That hubs of one database can read what each of them encrypts. Each says there which payload keys it has; an id is made from
 * its key, so that ids are all that is compared.
 */
final class SharedKeys {
    private final Database database;
    private final String node;
    private final Path file;

    /**
     * For the hub of this name.
     *
     * @param file where its keys are
     */
    SharedKeys(Database database, String node, Path file) {
        this.database = database;
        this.node = node;
        this.file = file;
    }

    /**
     * A hub of the database.
     *
     * @param keys the ids of its keys, the one that encrypts first; none where it is older than this table
     */
    private record Hub(String node, List<String> keys, boolean runs) {}

    /**
     * Notes which keys this hub has.
     *
     * @throws UncheckedIOException when a hub that runs could not read what this one encrypts, or this one what that one does
     */
    void agree(PayloadKeys keys) {
        // The row is there first, so that two hubs that start at once wait for each other below.
        database.durably(sql -> known(sql)
                ? 0
                : sql.sql("insert into hub_node (node, beat_at, patience_ms) values (?, current_timestamp, 0)")
                        .param(node)
                        .update());
        database.durably(sql -> {
            hubs(sql).stream()
                    .filter(hub -> hub.runs() && !hub.node().equals(node))
                    .forEach(hub -> check(hub, keys));
            return sql.sql(
                            "update hub_node set payload_keys = ?, beat_at = current_timestamp, patience_ms = greatest(patience_ms, ?)"
                                    + " where node = ?")
                    .params(words(keys), StoredLedger.GRACE.toMillis(), node)
                    .update();
        });
    }

    private boolean known(JdbcClient sql) {
        return sql.sql("select count(*) from hub_node where node = ?")
                        .param(node)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static List<Hub> hubs(JdbcClient sql) {
        return sql.sql("select node, payload_keys, beat_at, current_timestamp, patience_ms from hub_node"
                        + " order by node for update")
                .query((row, index) -> {
                    var silent = Duration.between(
                            row.getObject(3, OffsetDateTime.class), row.getObject(4, OffsetDateTime.class));
                    var ids = row.getString(2) == null
                            ? List.<String>of()
                            : List.of(row.getString(2).split(" ", -1));
                    return new Hub(row.getString(1), ids, silent.toMillis() < row.getLong(5));
                })
                .list();
    }

    private void check(Hub other, PayloadKeys own) {
        if (other.keys().isEmpty()) {
            return;
        }
        var theirs = other.keys().getFirst();
        if (own.find(theirs).isEmpty()) {
            throw refused("The hub " + other.node() + " of this database encrypts under the key " + theirs + ", which "
                    + file + " does not hold; hubs that share a database share this file: copy it from there");
        }
        if (!other.keys().contains(own.current().id())) {
            throw refused(
                    file + " encrypts under the key " + own.current().id() + ", which the hub " + other.node()
                            + " of this database does not have; add its line below the current one there and restart that hub first");
        }
    }

    private static UncheckedIOException refused(String words) {
        return new UncheckedIOException(new IOException(words));
    }

    private static String words(PayloadKeys keys) {
        var current = keys.current().id();
        return Stream.concat(Stream.of(current), keys.ids().stream().filter(id -> !id.equals(current)))
                .collect(Collectors.joining(" "));
    }
}

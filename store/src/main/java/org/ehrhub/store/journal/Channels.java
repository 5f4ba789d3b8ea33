package org.ehrhub.store.journal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ehrhub.store.Database;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The numbers by which the tables know the channels. */
final class Channels {
    private final Database database;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    Channels(Database database) {
        this.database = database;
    }

    /** The number of this channel, which begins if need be. */
    int number(String name) {
        var known = numbers.get(name);
        if (known != null) {
            return known;
        }
        var number = database.read(sql -> find(sql, name)).orElseGet(() -> begin(name));
        if (!database.isInTransaction()) {
            numbers.put(name, number); // it may be undone again otherwise
        }
        return number;
    }

    /** All that there are. */
    Map<Integer, String> names() {
        return database
                .read(sql -> sql.sql("select id, name from journal_channel")
                        .query((row, index) -> Map.entry(row.getInt(1), row.getString(2)))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private int begin(String name) {
        try {
            database.durably(sql -> insert(sql, name));
        } catch (Known e) {
            // another caller or hub began it, which is as good
        }
        return database.read(sql -> find(sql, name)).orElseThrow();
    }

    private static Optional<Integer> find(JdbcClient sql, String name) {
        return sql.sql("select id from journal_channel where name = ?")
                .param(name)
                .query(Integer.class)
                .optional();
    }

    private static int insert(JdbcClient sql, String name) {
        try {
            return sql.sql("insert into journal_channel (name) values (?)")
                    .param(name)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Known(e);
        }
    }

    private static final class Known extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Known(Throwable cause) {
            super(cause);
        }
    }
}

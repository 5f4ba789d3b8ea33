package org.ehrhub.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.ehrhub.policy.WriteCounts;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The counts of a day's writes as a table that several hubs may share. */
public final class StoredWriteCounts implements WriteCounts {
    private final Database database;

    /** Counts in this database. */
    public StoredWriteCounts(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> take(LocalDate day, List<Quota> quotas) {
        while (true) {
            try {
                database.durably(sql -> {
                    quotas.forEach(quota -> count(sql, day, quota));
                    return quotas.size();
                });
                return Optional.empty();
            } catch (NotCounted e) {
                if (e.known) {
                    return Optional.of(e.name);
                }
                begin(day, e.name); // each name begins once a day, so this ends
            }
        }
    }

    private static void count(JdbcClient sql, LocalDate day, Quota quota) {
        var counted = sql.sql(
                        "update write_count set writes = writes + 1 where counted_on = ? and name = ? and writes < ?")
                .params(day.toString(), quota.name(), quota.most())
                .update();
        if (counted == 0) {
            throw new NotCounted(quota.name(), writes(sql, day, quota.name()).isPresent());
        }
    }

    /** In a transaction of its own, because PostgreSQL ends one in which a row was there already. */
    private void begin(LocalDate day, String name) {
        try {
            database.durably(sql -> insert(sql, day, name));
        } catch (NotCounted e) {
            // another call began it, which is as good
        }
    }

    private static int insert(JdbcClient sql, LocalDate day, String name) {
        try {
            return sql.sql("insert into write_count (counted_on, name, writes) values (?, ?, 0)")
                    .params(day.toString(), name)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new NotCounted(name, true);
        }
    }

    @Override
    public void giveBack(LocalDate day, List<Quota> quotas) {
        database.durably(sql -> quotas.stream()
                .mapToInt(quota -> sql.sql("update write_count set writes = writes - 1"
                                + " where counted_on = ? and name = ? and writes > 0")
                        .params(day.toString(), quota.name())
                        .update())
                .sum());
    }

    @Override
    public int used(LocalDate day, String name) {
        return database.read(sql -> writes(sql, day, name)).orElse(0);
    }

    private static Optional<Integer> writes(JdbcClient sql, LocalDate day, String name) {
        return sql.sql("select writes from write_count where counted_on = ? and name = ?")
                .params(day.toString(), name)
                .query(Integer.class)
                .optional();
    }

    /**
     * Forgets the days before this one.
     *
     * @return how many counts
     */
    public int forget(LocalDate before) {
        return database.durably(sql -> sql.sql("delete from write_count where counted_on < ?")
                .param(before.toString())
                .update());
    }

    /** A name has had as many as it may, or was not counted today before; what was counted beside it is undone. */
    private static final class NotCounted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final boolean known;

        NotCounted(String name, boolean known) {
            super(name, null, false, false);
            this.name = name;
            this.known = known;
        }
    }
}

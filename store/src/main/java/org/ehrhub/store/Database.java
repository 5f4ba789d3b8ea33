package org.ehrhub.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The hub's database: an H2 file that it alone uses, or a PostgreSQL server that several hubs share. Work runs on the
 * database's own threads, because the JDK closes the file of an embedded database whose thread is interrupted.
 */
public final class Database implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int OTHER_THREADS = 5; // of the trail and the journal, and the hub's at its start
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration OPENING = Duration.ofMinutes(1); // of a file, on a machine that is busy
    private static final String NEWEST = "5";
    private static final String SCHEMA = "classpath:org/ehrhub/store/schema";

    private final HikariDataSource pool;
    private final boolean embedded;
    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final ExecutorService threads;

    private Database(HikariDataSource pool, boolean embedded) {
        this.pool = pool;
        this.embedded = embedded;
        jdbc = new JdbcTemplate(pool);
        client = JdbcClient.create(jdbc);
        transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        var number = new AtomicInteger();
        threads =
                Executors.newFixedThreadPool(THREADS, work -> new OwnThread("store-" + number.getAndIncrement(), work));
    }

    /**
     * Opens it and brings its tables up to date.
     *
     * @throws UncheckedIOException when it cannot be reached, opened or brought up to date
     */
    public static Database open(StoreSettings settings) {
        if (settings.isEmbedded()) {
            System.setProperty(
                    "h2.objectCache", "false"); // of the values of rows, which differ: a sixth of the time of reading
        }
        var pool = new HikariDataSource(pool(settings));
        try {
            migrate(pool);
            pool.getHikariConfigMXBean().setConnectionTimeout(PATIENCE.toMillis());
            return new Database(pool, settings.isEmbedded());
        } catch (DataAccessException | FlywayException e) {
            pool.close();
            throw failure("cannot be opened", e);
        }
    }

    private static HikariConfig pool(StoreSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password().reveal());
        config.setMaximumPoolSize(THREADS + OTHER_THREADS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout((settings.isEmbedded() ? OPENING : PATIENCE).toMillis());
        config.setInitializationFailTimeout(-1);
        if (!settings.isEmbedded()) {
            config.addDataSourceProperty("socketTimeout", "15");
            config.addDataSourceProperty("ApplicationName", "ehr-hub");
            // Every statement has its index, also when the planner still thinks that a table is small.
            config.setConnectionInitSql("set synchronous_commit = on; set enable_seqscan = off");
        }
        return config;
    }

    /** Flyway takes a third of a second to see that there is nothing to do, so it is asked only when there may be. */
    private static void migrate(HikariDataSource pool) {
        if (!isCurrent(pool)) {
            Flyway.configure()
                    .dataSource(pool)
                    .locations(SCHEMA)
                    .table("schema_history")
                    .load()
                    .migrate();
        }
    }

    private static boolean isCurrent(HikariDataSource pool) {
        var client = JdbcClient.create(pool);
        var known = client.sql(
                        "select count(*) from information_schema.tables where lower(table_name) = 'schema_history'")
                .query(Long.class)
                .single();
        return known > 0
                && client
                        .sql(
                                "select \"version\" from \"schema_history\" where \"success\" order by \"installed_rank\" desc")
                        .query(String.class)
                        .list()
                        .stream()
                        .findFirst()
                        .filter(NEWEST::equals)
                        .isPresent();
    }

    /** Whether this hub alone can use it. */
    public boolean isEmbedded() {
        return embedded;
    }

    /** For statements by name, within {@link #read} and {@link #durably}. */
    public JdbcClient client() {
        return client;
    }

    /** For statements in batches, within {@link #read} and {@link #durably}. */
    public JdbcTemplate jdbc() {
        return jdbc;
    }

    /**
     * Does work in a transaction; what it wrote has reached the disk on return.
     *
     * @throws UncheckedIOException when it could not; then none of it happened, or the connection broke at the commit
     */
    public <T> T durably(Function<JdbcClient, T> work) {
        Supplier<T> done = onOwnThread(() -> {
            var result = transactions.execute(status -> new Result<>(work.apply(client)));
            if (embedded) {
                jdbc.execute("checkpoint sync"); // a commit of H2 is in the hands of the operating system only
            }
            return result.value();
        });
        return done.get();
    }

    /**
     * Does one statement, which is a transaction of its own and needs no question to the database more.
     *
     * @throws UncheckedIOException when it could not, or the connection broke meanwhile
     */
    public <T> T durablyAlone(Function<JdbcClient, T> work) {
        return embedded ? durably(work) : onOwnThread(() -> work.apply(client)).get();
    }

    /**
     * Reads.
     *
     * @throws UncheckedIOException when it could not
     */
    public <T> T read(Function<JdbcClient, T> work) {
        return reading(work).get();
    }

    /**
     * Begins to read.
     *
     * @return gives what was read, or fails as {@link #read} does
     */
    public <T> Supplier<T> reading(Function<JdbcClient, T> work) {
        return onOwnThread(() -> work.apply(client));
    }

    /** Whether the caller is within {@link #durably}, so that what it does with {@link #jdbc} is part of that. */
    public boolean isInTransaction() {
        return Thread.currentThread() instanceof OwnThread
                && TransactionSynchronizationManager.isActualTransactionActive();
    }

    private record Result<T>(T value) {}

    /** A thread that nobody interrupts, for one who has much work for the database; it does that work itself. */
    public static Thread thread(String name, Runnable work) {
        return new OwnThread(name, work);
    }

    private static final class OwnThread extends Thread {
        OwnThread(String name, Runnable work) {
            super(work, name);
            setDaemon(true);
        }
    }

    private <T> Supplier<T> onOwnThread(Supplier<T> work) {
        if (Thread.currentThread() instanceof OwnThread) {
            return done(work);
        }
        try {
            var result = CompletableFuture.supplyAsync(work, threads);
            return () -> {
                try {
                    return result.join();
                } catch (CompletionException e) {
                    throw failure(Objects.requireNonNullElse(e.getCause(), e));
                }
            };
        } catch (RejectedExecutionException e) {
            throw failure("is closed", e);
        }
    }

    private <T> Supplier<T> done(Supplier<T> work) {
        try {
            var result = work.get();
            return () -> result;
        } catch (DataAccessException | TransactionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case DataAccessException e -> failure("cannot be used", e);
            case TransactionException e -> failure("cannot be used", e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }

    private static UncheckedIOException failure(String what, Exception cause) {
        return new UncheckedIOException(new IOException("The store " + what, cause));
    }

    @Override
    public void close() {
        threads.close();
        pool.close();
    }
}

package org.ehrhub.store.journal;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then for messages that are due by now, or that another hub has kept or freed, where somebody waits for them. */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration EVERY = Duration.ofMillis(200);

    private final Database database;
    private final Bells bells;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    Watch(Database database, Bells bells) {
        this.database = database;
        this.bells = bells;
        thread = Database.thread("journal-watch", this::watch);
        thread.start();
    }

    private void watch() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private void look() {
        var awaited = bells.awaited();
        if (awaited.isEmpty()) {
            return;
        }
        try {
            database.read(sql -> ready(awaited)).forEach(bells::ring);
            failing = false;
        } catch (UncheckedIOException e) {
            if (!failing) {
                LOG.warn("The journal cannot be looked at; who waits for messages looks again later");
            }
            failing = true;
        }
    }

    private List<Integer> ready(List<Integer> awaited) {
        return database.jdbc()
                .query(
                        "select id from (select id, cast(extract(epoch from current_timestamp) * 1000 as bigint) as now_ms"
                                + " from journal_channel where id = any(?)) c where"
                                + " exists (select 1 from journal_queue q where q.channel = c.id and q.waits = -1)"
                                + " or exists (select 1 from journal_queue q where q.channel = c.id and q.waits = 0"
                                + " and q.due_ms <= c.now_ms)",
                        row -> new Columns(row).ints(awaited, id -> id),
                        (row, index) -> row.getInt(1));
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself
        }
    }
}

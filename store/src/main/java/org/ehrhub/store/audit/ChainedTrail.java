package org.ehrhub.store.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.store.Database;

/**
 * The audit trail as a table in which each record carries the hash of the one before it. One thread writes; callers that wait at
 * the same time share one transaction. A caller goes on when its record is on the disk: in the database, or, where that is a
 * file of the data directory, in the journal from which the database gets it a moment later.
 */
public final class ChainedTrail implements AuditTrail {
    private static final int BATCH = 256;
    private static final int WAITING = 10_000;
    private static final long CHECKPOINT_EVERY = 5000;
    private static final Duration CHECKPOINT_AFTER = Duration.ofMinutes(1);
    private static final int MOST_UNSETTLED = 1000;
    private static final Duration SETTLE_AFTER = Duration.ofMillis(100);

    private final Chain chain;
    private final Duration settleAfter;
    private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>(WAITING);
    private long settleAt; // by System.nanoTime
    private volatile boolean closed;
    private volatile boolean stopped;

    private sealed interface Work {
        CompletableFuture<Integer> done();
    }

    private record Keep(Entry entry, CompletableFuture<Integer> done) implements Work {}

    private record Still(Runnable look, CompletableFuture<Integer> done) implements Work {}

    private record Prune(Duration age, CompletableFuture<Integer> done) implements Work {}

    private record Stop(CompletableFuture<Integer> done) implements Work {}

    /**
     * The trail of a hub; goes on where it ended.
     *
     * @throws UncheckedIOException when it cannot be read, or ends before what the hub had answered for
     */
    public ChainedTrail(Database database, AuditPlace place, InstantSource clock) {
        this(database, place, clock, SETTLE_AFTER);
    }

    /** The same that leaves records in its journal for so long. */
    ChainedTrail(Database database, AuditPlace place, InstantSource clock, Duration settleAfter) {
        this.settleAfter = settleAfter;
        chain = new Chain(database, place, clock);
        Database.thread("audit", this::writeUntilStopped).start();
    }

    @Override
    public void keep(Entry entry) {
        await(new Keep(entry, new CompletableFuture<>()));
    }

    /**
     * Takes the records older than this off the trail, so that the rest can still be proved.
     *
     * @return how many
     * @throws UncheckedIOException when they cannot be removed
     */
    public int prune(Duration age) {
        return await(new Prune(age, new CompletableFuture<>()));
    }

    /** Looks at the database while it holds every record that was kept, and none is added. */
    public void whileStill(Runnable look) {
        await(new Still(look, new CompletableFuture<>()));
    }

    private int await(Work work) {
        if (closed || !queue.offer(work)) {
            throw new UncheckedIOException(new IOException("The audit trail takes no record now"));
        }
        if (stopped) {
            failWaiting();
        }
        try {
            return work.done().join();
        } catch (CompletionException e) {
            throw new UncheckedIOException(new IOException("The audit record could not be kept", e.getCause()));
        }
    }

    private void writeUntilStopped() {
        try {
            while (write()) {}
        } finally {
            stopped = true;
            failWaiting();
        }
    }

    /** Writes what waits; false when that was the end. */
    private boolean write() {
        var work = new ArrayList<Work>();
        try {
            var first = queue.poll(patience(), TimeUnit.NANOSECONDS);
            if (first == null) {
                settleOrSign();
                return true;
            }
            work.add(first);
            queue.drainTo(work, BATCH - 1);
            keepAll(work);
            others(work);
            if (chain.waiting() > 0 && (patience() <= 0 || chain.waiting() >= MOST_UNSETTLED)) {
                chain.settle();
            }
            if (chain.unsigned() >= CHECKPOINT_EVERY) {
                chain.checkpoint();
            }
        } catch (InterruptedException | RuntimeException e) {
            failAll(work, e);
            chain.forget();
        } finally {
            failAll(work, new IllegalStateException("The audit trail met a fault")); // those that are done stay so
        }
        return work.stream().noneMatch(Stop.class::isInstance);
    }

    /** How long to wait for the next record, in ns, when none comes. */
    private long patience() {
        return chain.waiting() > 0 ? settleAt - System.nanoTime() : CHECKPOINT_AFTER.toNanos();
    }

    private void settleOrSign() {
        if (chain.waiting() > 0) {
            chain.settle();
        } else {
            chain.checkpoint();
        }
    }

    private void failWaiting() {
        failAll(List.copyOf(queue), new IllegalStateException("The audit trail has stopped"));
    }

    private void keepAll(List<Work> work) {
        var entries = work.stream()
                .filter(Keep.class::isInstance)
                .map(one -> ((Keep) one).entry())
                .toList();
        if (!entries.isEmpty()) {
            if (chain.waiting() == 0) {
                settleAt = System.nanoTime() + settleAfter.toNanos();
            }
            chain.append(entries);
        }
        work.stream().filter(Keep.class::isInstance).forEach(one -> one.done().complete(1));
    }

    private void others(List<Work> work) {
        for (var one : work) {
            switch (one) {
                case Keep keep -> {}
                case Still still -> {
                    chain.settle();
                    still.look().run();
                    still.done().complete(0);
                }
                case Prune prune -> prune.done().complete(chain.prune(prune.age()));
                case Stop stop -> {
                    chain.checkpoint();
                    stop.done().complete(0);
                }
            }
        }
    }

    private static void failAll(List<? extends Work> work, Throwable cause) {
        work.forEach(one -> one.done().completeExceptionally(cause));
    }

    /** Signs what was kept and stops. */
    @Override
    public void close() {
        if (!closed) {
            var stop = new Stop(new CompletableFuture<>());
            closed = true;
            while (!queue.offer(stop)) {
                Thread.onSpinWait();
            }
            try {
                stop.done().join();
            } catch (CompletionException e) {
                throw new UncheckedIOException(new IOException("The audit trail could not be signed", e.getCause()));
            } finally {
                chain.close();
            }
        }
    }
}

package org.ehrhub.store.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.ehrhub.store.Database;

/** A thread that writes for many callers, a group of them in one transaction: those that came while the last one was written. */
final class Commits<W extends Commits.Work> implements AutoCloseable {
    private static final int MOST = 256;
    private static final long MOST_BYTES = 8L << 20;
    private static final int WAITING = 10_000;

    /** What a caller wants written. */
    interface Work {
        /** Completed once it is written. */
        CompletableFuture<?> done();

        /** About how much it is. */
        default long bytes() {
            return 0;
        }
    }

    private final Consumer<List<W>> write;
    private final LinkedBlockingQueue<Optional<W>> waiting = new LinkedBlockingQueue<>(WAITING); // empty: the end
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean stopped;

    /**
     * A thread of this name.
     *
     * @param write writes a group and completes it; where it fails, the group fails
     */
    Commits(String name, Consumer<List<W>> write) {
        this.write = write;
        thread = Database.thread(name, this::writeUntilClosed);
        thread.start();
    }

    /**
     * Hands it over.
     *
     * @return gives what it is completed with
     * @throws UncheckedIOException when it is not taken
     */
    <T> T await(W work, CompletableFuture<T> done) {
        if (closed || !waiting.offer(Optional.of(work))) {
            throw new UncheckedIOException(new IOException("The journal takes no work now"));
        }
        if (stopped) {
            failWaiting();
        }
        try {
            return done.join();
        } catch (CompletionException e) {
            throw new UncheckedIOException(new IOException("The journal could not be written", e.getCause()));
        }
    }

    private void writeUntilClosed() {
        var group = new ArrayList<W>();
        try {
            while (gather(group)) {
                write(group);
                group.clear();
            }
            write(group);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            closed = true;
            stopped = true;
            failWaiting();
        }
    }

    /** Waits for work and takes what is there; false at the end. */
    private boolean gather(List<W> group) throws InterruptedException {
        var bytes = 0L;
        for (var next = waiting.take(); next != null; next = waiting.poll()) {
            if (next.isEmpty()) {
                return false;
            }
            group.add(next.get());
            bytes += next.get().bytes();
            if (group.size() >= MOST || bytes >= MOST_BYTES) {
                return true;
            }
        }
        return true;
    }

    private void write(List<W> group) {
        try {
            if (!group.isEmpty()) {
                write.accept(List.copyOf(group));
            }
        } catch (RuntimeException e) {
            fail(group, e);
        } finally {
            fail(group, new IllegalStateException("The journal met a fault")); // those that are done stay so
        }
    }

    private static void fail(List<? extends Work> group, Exception cause) {
        group.forEach(work -> work.done().completeExceptionally(cause));
    }

    private void failWaiting() {
        for (var left = waiting.poll(); left != null; left = waiting.poll()) {
            left.ifPresent(work -> fail(List.of(work), new IOException("The journal is closed")));
        }
    }

    /** Writes what waits and stops. */
    @Override
    public void close() {
        closed = true;
        while (thread.isAlive() && !waiting.offer(Optional.empty())) {
            Thread.onSpinWait();
        }
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // kept for the caller
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

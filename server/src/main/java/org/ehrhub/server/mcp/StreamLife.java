package org.ehrhub.server.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Ends an open stream when the login behind it ends, and says when it is over, however it ended. */
final class StreamLife implements AsyncListener {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Runnable whenOver;
    private @Nullable CompletableFuture<Void> end;

    private StreamLife(Runnable whenOver) {
        this.whenOver = whenOver;
    }

    static void watch(AsyncContext stream, @Nullable Instant until, Runnable whenOver) {
        var life = new StreamLife(whenOver);
        stream.addListener(life);
        if (until != null) {
            var left = Math.max(0, Duration.between(Instant.now(), until).toMillis());
            var timer = CompletableFuture.delayedExecutor(
                    left, TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task));
            life.end = CompletableFuture.runAsync(() -> life.end(stream), timer);
        }
    }

    private void end(AsyncContext stream) {
        if (!over.get()) {
            try {
                stream.complete();
            } catch (IllegalStateException e) {
                // The client went away in this moment; nothing is left to end.
                over();
            }
        }
    }

    private void over() {
        if (over.compareAndSet(false, true)) {
            whenOver.run();
            if (end != null) {
                end.cancel(false);
            }
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        over();
    }

    @Override
    public void onError(AsyncEvent event) {
        over();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The same stream goes on.
    }
}

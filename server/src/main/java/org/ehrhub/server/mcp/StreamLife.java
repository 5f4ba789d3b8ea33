package org.ehrhub.server.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehrhub.server.mcp.Admission.Admitted;
import org.jspecify.annotations.Nullable;

/** Ends an open stream when the login behind it ends, and says when it is over, however it ended. */
final class StreamLife implements AsyncListener {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AsyncContext stream;
    private final Admitted login;
    private final Runnable whenOver;
    private volatile @Nullable CompletableFuture<Void> look;

    private StreamLife(AsyncContext stream, Admitted login, Runnable whenOver) {
        this.stream = stream;
        this.login = login;
        this.whenOver = whenOver;
    }

    static void watch(AsyncContext stream, Admitted login, Runnable whenOver) {
        var life = new StreamLife(stream, login, whenOver);
        stream.addListener(life);
        var until = login.untilOrNull();
        if (until != null) {
            life.lookAt(until);
        }
    }

    private void lookAt(Instant until) {
        var left = Math.max(0, Duration.between(Instant.now(), until).toMillis());
        var timer = CompletableFuture.delayedExecutor(
                left, TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task));
        look = CompletableFuture.runAsync(this::look, timer);
    }

    private void look() {
        if (!over.get()) {
            login.renewed().get().ifPresentOrElse(this::lookAt, this::end);
        }
    }

    private void end() {
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
            var next = look;
            if (next != null) {
                next.cancel(false);
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

package org.ehrhub.mllp.client;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.ehrhub.mllp.sockets.Backoff;

/** Connections that the client makes, when there is something to send. */
final class DialledLines implements Lines {
    private final ClientSettings settings;
    private final Backoff backoff;
    private final IdleLines idle;

    DialledLines(ClientSettings settings) {
        this.settings = settings;
        this.idle = new IdleLines(settings.connections());
        this.backoff = new Backoff(settings.reconnect());
    }

    @Override
    public Line take() throws IOException {
        var kept = idle.take(Duration.ZERO);
        return kept == null ? dialled() : kept;
    }

    private Line dialled() throws IOException {
        var patience = settings.patience();
        long end = System.nanoTime() + (patience == null ? 0 : patience.toNanos());
        while (true) {
            rest(end);
            try {
                var line = Line.connect(settings);
                backoff.succeeded();
                return line;
            } catch (IOException e) {
                backoff.failed();
                if (System.nanoTime() + backoff.left().toNanos() > end) {
                    throw e;
                }
            }
        }
    }

    /** Until the receiver may be tried. */
    private void rest(long end) throws IOException {
        var left = backoff.left();
        if (left.isPositive()) {
            if (System.nanoTime() + left.toNanos() > end) {
                throw new ConnectException();
            }
            idle.rest(left);
        }
        if (idle.isClosed() || Thread.currentThread().isInterrupted()) {
            throw new IOException("closed");
        }
    }

    @Override
    public void giveBack(Line line) {
        idle.giveBack(line);
    }

    @Override
    public void touch() {
        idle.touch();
    }

    @Override
    public int port() {
        return settings.port();
    }

    @Override
    public void close() {
        idle.close();
    }
}

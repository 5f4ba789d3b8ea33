package org.ehrhub.mllp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ehrhub.mllp.framing.MessageHeader;

/**
 * Sends messages to one receiver over MLLP (HL7 MLLP Release 1). Each message is sent at most once: what became of it is told,
 * and to try again is for the caller to decide. Safe for use by many threads; as many messages are under way as there are
 * connections, and those that wait keep their order.
 */
public final class MllpClient implements AutoCloseable {
    private final ClientSettings settings;
    private final Semaphore turns;
    private final Deque<Line> idle = new ArrayDeque<>();
    private boolean closed;

    /** A client that connects when there is something to send. */
    public MllpClient(ClientSettings settings) {
        this.settings = settings;
        this.turns = new Semaphore(settings.connections(), true);
    }

    /**
     * Sends a message and waits for what becomes of it.
     *
     * @param content the message; its MSH-10 must be its own
     * @throws IllegalArgumentException when it has no header or no control id, so that no answer could be told to be its own
     */
    public Delivery send(byte[] content) {
        var header = MessageHeader.of(content)
                .filter(found ->
                        found.name().equals("MSH") && !found.controlId().isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("The message has no control id"));
        if (!await(settings.answerLimit())) {
            return new Delivery.NotSent("the connection is busy");
        }
        try {
            return send(content, header);
        } finally {
            turns.release();
        }
    }

    private boolean await(Duration limit) {
        try {
            return turns.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Delivery send(byte[] content, MessageHeader header) {
        Line line;
        try {
            line = line();
        } catch (IOException e) {
            return new Delivery.NotSent("not connected: " + e.getClass().getSimpleName());
        }
        var delivery = line.send(content, header);
        giveBack(line);
        return delivery;
    }

    private Line line() throws IOException {
        synchronized (idle) {
            if (closed) {
                throw new IOException("closed");
            }
            for (var kept = idle.pollLast(); kept != null; kept = idle.pollLast()) {
                if (kept.isOpen()) {
                    return kept;
                }
                kept.close();
            }
        }
        return Line.connect(settings);
    }

    private void giveBack(Line line) {
        synchronized (idle) {
            if (!closed && line.isUsable()) {
                idle.addLast(line);
                return;
            }
        }
        line.close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(Line::close);
            idle.clear();
        }
    }
}

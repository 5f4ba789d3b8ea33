package org.ehrhub.mllp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ehrhub.mllp.framing.MessageHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to one receiver over MLLP (HL7 MLLP Release 1). Each message is sent at most once: what became of it is told,
 * and to try again is for the caller to decide. Safe for use by many threads; as many messages are under way as there are
 * connections, and those that wait keep their order.
 */
public final class MllpClient implements AutoCloseable {
    private final ClientSettings settings;
    private final Semaphore turns;
    private final Lines lines;
    private final @Nullable Numbering numbering;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A client that connects when there is something to send. */
    public MllpClient(ClientSettings settings) {
        this(settings, new DialledLines(settings));
    }

    private MllpClient(ClientSettings settings, Lines lines) {
        this.settings = settings;
        this.turns = new Semaphore(settings.connections(), true);
        this.lines = lines;
        var numbers = settings.sequenceNumbers();
        this.numbering = numbers == null ? null : new Numbering(numbers, settings.host() + ":" + settings.port());
        var interval = settings.keepAlive();
        if (interval != null) {
            Thread.ofVirtual().name("mllp-keep-alive").start(() -> keepAlive(interval));
        }
    }

    /**
     * A client that waits for its receiver to connect.
     *
     * @throws IOException when the address is taken or is not this machine's
     */
    public static MllpClient listening(ClientSettings settings) throws IOException {
        return new MllpClient(settings, AwaitedLines.at(settings));
    }

    /** The receiver's port, or the one where the client waits for it. */
    public int port() {
        return lines.port();
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
            line = lines.take();
        } catch (IOException e) {
            return new Delivery.NotSent("not connected: " + e.getClass().getSimpleName());
        }
        var delivery = numbering == null ? line.send(content, header) : numbering.send(line, content, header);
        lines.giveBack(line);
        return delivery;
    }

    /** Only what has a turn is used, so that there are never more connections than may be. */
    private void keepAlive(Duration interval) {
        while (!isClosedAfter(interval)) {
            for (int i = 0; i < settings.connections() && turns.tryAcquire(); i++) {
                lines.touch();
                turns.release();
            }
        }
    }

    private boolean isClosedAfter(Duration length) {
        try {
            return closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        lines.close();
    }
}

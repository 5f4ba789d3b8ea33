package org.ehrhub.mllp;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.ehrhub.mllp.client.ClientSettings;
import org.ehrhub.mllp.sequence.SequenceNumbers;
import org.ehrhub.mllp.sockets.Reconnect;
import org.jspecify.annotations.Nullable;

/** Settings of clients that send to this machine. */
public final class Clients {
    private static final String HOST = "127.0.0.1";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Reconnect SOON = new Reconnect(Duration.ofNanos(1), Duration.ofNanos(1));
    private static final int MOST_BYTES = 1_000_000;

    private Clients() {}

    /** One connection. */
    public static ClientSettings to(int port, Duration answerLimit, @Nullable SSLContext tls) {
        return new ClientSettings(
                HOST,
                port,
                1,
                CONNECT,
                answerLimit,
                MOST_BYTES,
                tls,
                true,
                null,
                Reconnect.USUAL,
                null,
                List.of(),
                null);
    }

    /** One that sends a carriage return now and then. */
    public static ClientSettings keepingAlive(int port, Duration interval) {
        return new ClientSettings(
                HOST,
                port,
                1,
                CONNECT,
                ANSWER,
                MOST_BYTES,
                null,
                true,
                interval,
                Reconnect.USUAL,
                null,
                List.of(),
                null);
    }

    /** One that tries again what it cannot reach. */
    public static ClientSettings reconnecting(int port, Reconnect reconnect, @Nullable Duration patience) {
        return new ClientSettings(
                HOST, port, 1, CONNECT, ANSWER, MOST_BYTES, null, true, null, reconnect, patience, List.of(), null);
    }

    /** One whose messages have numbers. */
    public static ClientSettings numbering(int port, SequenceNumbers numbers) {
        return new ClientSettings(
                HOST, port, 1, CONNECT, ANSWER, MOST_BYTES, null, true, null, SOON, null, List.of(), numbers);
    }
}

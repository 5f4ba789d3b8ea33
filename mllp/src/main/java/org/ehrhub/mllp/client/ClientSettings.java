package org.ehrhub.mllp.client;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a client sends.
 *
 * @param host the receiver's host
 * @param port its port
 * @param connections open at once; with one all messages keep their order
 * @param connectLimit longest wait for a connection
 * @param answerLimit longest wait for an answer
 * @param mostBytes the longest answer
 * @param tls how the connection is secured; not at all without it
 */
public record ClientSettings(
        String host,
        int port,
        int connections,
        Duration connectLimit,
        Duration answerLimit,
        int mostBytes,
        @Nullable SSLContext tls) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int BYTES = 16 * 1024 * 1024;

    /** A client with one connection and the usual bounds. */
    public static ClientSettings to(String host, int port) {
        return new ClientSettings(host, port, 1, CONNECT, ANSWER, BYTES, null);
    }
}

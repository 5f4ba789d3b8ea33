package org.ehrhub.mllp.client;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.ehrhub.mllp.sequence.SequenceNumbers;
import org.ehrhub.mllp.sockets.AddressRange;
import org.ehrhub.mllp.sockets.Reconnect;
import org.jspecify.annotations.Nullable;

/**
 * How a client sends.
 *
 * @param host the receiver's host, or the address where the client waits for it
 * @param port its port
 * @param connections open at once; with one all messages keep their order
 * @param connectLimit longest wait for a connection to be made
 * @param answerLimit longest wait for an answer
 * @param mostBytes the longest answer
 * @param tls how the connection is secured; not at all without it
 * @param tcpKeepAlive whether TCP finds out about peers that are gone (SO_KEEPALIVE)
 * @param keepAlive how often a carriage return is sent where nothing else is; never without it
 * @param reconnect how soon a receiver that could not be reached is tried again
 * @param patience how long a message waits meanwhile; without it it is told at once
 * @param receivers addresses that may connect where the client waits; all without any
 * @param sequenceNumbers numbers the messages; they have none without it
 */
public record ClientSettings(
        String host,
        int port,
        int connections,
        Duration connectLimit,
        Duration answerLimit,
        int mostBytes,
        @Nullable SSLContext tls,
        boolean tcpKeepAlive,
        @Nullable Duration keepAlive,
        Reconnect reconnect,
        @Nullable Duration patience,
        List<AddressRange> receivers,
        @Nullable SequenceNumbers sequenceNumbers) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int BYTES = 16 * 1024 * 1024;

    /** Takes a copy, and refuses what cannot be. */
    public ClientSettings {
        receivers = List.copyOf(receivers);
        if (connections < 1) {
            throw new IllegalArgumentException("A client needs a connection");
        }
        if (sequenceNumbers != null && connections > 1) {
            throw new IllegalArgumentException("Messages with sequence numbers need one connection");
        }
    }

    /** A client with one connection and the usual bounds. */
    public static ClientSettings to(String host, int port) {
        return new ClientSettings(
                host, port, 1, CONNECT, ANSWER, BYTES, null, true, null, Reconnect.USUAL, null, List.of(), null);
    }
}

package org.ehrhub.mllp.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.ehrhub.mllp.sequence.SequenceNumbers;
import org.ehrhub.mllp.sockets.AddressRange;
import org.ehrhub.mllp.sockets.Reconnect;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens, or reaches out to its sender.
 *
 * @param host the address it listens at, or the sender's host
 * @param port the port; 0 to listen at any that is free
 * @param mostConnections open at once; one more is closed as it comes
 * @param mostBytes the longest message
 * @param idle how long a connection may say nothing; for ever without it
 * @param pause after an end block without its carriage return the message counts as ended
 * @param answerLimit longest wait until a sender takes an answer; then its connection is closed; and for a connection
 * @param senders addresses that may connect; all without any
 * @param tls how connections are secured; not at all without it
 * @param clientCertificate whether a sender must show a certificate
 * @param certificates subjects of certificates that may connect (RFC 2253); all that are trusted without any
 * @param tcpKeepAlive whether TCP finds out about peers that are gone (SO_KEEPALIVE)
 * @param rates how many messages may come; more have to wait
 * @param reconnect how soon a sender is reached out to again
 * @param sequenceNumbers what is remembered of senders that number their messages; nothing without it
 */
public record ServerSettings(
        String host,
        int port,
        int mostConnections,
        int mostBytes,
        @Nullable Duration idle,
        Duration pause,
        Duration answerLimit,
        List<AddressRange> senders,
        @Nullable SSLContext tls,
        boolean clientCertificate,
        Set<String> certificates,
        boolean tcpKeepAlive,
        Rates rates,
        Reconnect reconnect,
        @Nullable SequenceNumbers sequenceNumbers) {
    private static final int CONNECTIONS = 10_000;
    private static final int BYTES = 16 * 1024 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /**
     * Messages a second, 0 for any number.
     *
     * @param connection of one connection
     * @param server of all together
     */
    public record Rates(int connection, int server) {
        /** As fast as they come. */
        public static final Rates ANY = new Rates(0, 0);

        /** Refuses what is no rate. */
        public Rates {
            if (connection < 0 || server < 0) {
                throw new IllegalArgumentException("A rate is not negative");
            }
        }
    }

    /** Takes copies. */
    public ServerSettings {
        senders = List.copyOf(senders);
        certificates = Set.copyOf(certificates);
    }

    /** A server with the usual bounds, open to all who can reach the address. */
    public static ServerSettings at(String host, int port) {
        return new ServerSettings(
                host,
                port,
                CONNECTIONS,
                BYTES,
                null,
                PAUSE,
                ANSWER,
                List.of(),
                null,
                false,
                Set.of(),
                true,
                Rates.ANY,
                Reconnect.USUAL,
                null);
    }
}

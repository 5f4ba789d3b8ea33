package org.ehrhub.server.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a channel delivers its messages over MLLP, and what it does when that does not go well.
 *
 * @param host the receiver
 * @param port its port
 * @param connections open at once; messages that share a patient keep their order however many there are
 * @param workers messages under way at once; as many as connections unless given
 * @param tls whom to trust; a message crosses the network in the clear without it
 * @param connectLimit longest wait for a connection
 * @param answerLimit longest wait for an answer
 * @param slowAfter a receiver whose answers usually take so long is called slow
 * @param retryAfter how long a message rests after its first failure; twice as long after each further one
 * @param mostRetryAfter the longest rest
 * @param attempts how often a message is tried before it is given up; 0 for ever
 * @param refused what becomes of a message that the receiver refuses (AE, AR, CE, CR)
 */
public record DeliverSettings(
        String host,
        int port,
        @Default("1") int connections,
        @Nullable Integer workers,
        @Nullable MllpTls tls,
        @Default("5s") Duration connectLimit,
        @Default("30s") Duration answerLimit,
        @Default("2s") Duration slowAfter,
        @Default("1s") Duration retryAfter,
        @Default("5m") Duration mostRetryAfter,
        @Default("0") int attempts,
        @Default("dead") Refused refused) {
    private static final int MOST = 1000;

    /** What becomes of a message that the receiver refuses. */
    public enum Refused {
        /** It is given up, and lies there for a person; those behind it go on. */
        DEAD,
        /** It is tried again, and those of the same patient wait. */
        RETRY
    }

    /** Checks them. */
    public DeliverSettings {
        if (!host.matches("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw new IllegalArgumentException("host must be a name or an address");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be from 1 to 65535");
        }
        if (connections < 1 || connections > MOST) {
            throw new IllegalArgumentException("connections must be from 1 to " + MOST);
        }
        if (workers != null && (workers < 1 || workers > MOST)) {
            throw new IllegalArgumentException("workers must be from 1 to " + MOST);
        }
        check("connect-limit", connectLimit);
        check("answer-limit", answerLimit);
        check("slow-after", slowAfter);
        check("retry-after", retryAfter);
        if (mostRetryAfter.compareTo(retryAfter) < 0 || mostRetryAfter.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("most-retry-after must be from retry-after to 1d");
        }
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts must not be negative; 0 tries for ever");
        }
    }

    private static void check(String key, Duration time) {
        if (time.compareTo(Duration.ofMillis(100)) < 0 || time.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(key + " must be from 100ms to 10m");
        }
    }

    /** Messages under way at once. */
    public int atOnce() {
        return workers == null ? connections : workers;
    }
}

package org.ehrhub.server.config;

import java.time.Duration;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.ehrhub.mllp.sockets.AddressRange;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Where a channel receives messages over MLLP.
 *
 * @param address the address to listen on
 * @param port the port
 * @param senders addresses or ranges that may connect, such as {@code 10.1.0.0/16}
 * @param tls the hub's certificate; a message crosses the network in the clear without it
 * @param clientCertificate whether a sender must show a certificate
 * @param certificates subjects of the certificates that may connect (RFC 2253); all trusted ones without any
 * @param mostConnections open at once; one more is closed as it comes
 * @param maxMessage the longest message; a longer one is rejected
 * @param messagesPerSecond of all connections together; more have to wait, 0 for any number
 * @param idle how long a connection may say nothing; for ever without it
 */
public record ReceiveSettings(
        @Default("127.0.0.1") String address,
        int port,
        Set<String> senders,
        @Nullable MllpTls tls,
        @Default("false") boolean clientCertificate,
        Set<String> certificates,
        @Default("1000") int mostConnections,
        @Default("16MB") DataSize maxMessage,
        @Default("0") int messagesPerSecond,
        @Nullable Duration idle) {
    /** Checks them. */
    public ReceiveSettings {
        if (!ReachRules.isLiteral(address)) {
            throw new IllegalArgumentException("address must be in figures, such as 0.0.0.0 or 192.0.2.7");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be from 1 to 65535");
        }
        if (!senders.stream().allMatch(ReceiveSettings::isRange)) {
            throw new IllegalArgumentException(
                    "senders must hold addresses in figures or ranges of them, such as 192.0.2.7 or 10.1.0.0/16");
        }
        if (tls != null && tls.certificate() == null) {
            throw new IllegalArgumentException("tls needs certificate and key: a receiver shows who it is");
        }
        if (clientCertificate && (tls == null || tls.authorities() == null)) {
            throw new IllegalArgumentException("client-certificate needs tls with the authorities that sign them");
        }
        if (!certificates.isEmpty() && !clientCertificate) {
            throw new IllegalArgumentException("certificates need client-certificate: true");
        }
        if (!certificates.stream().allMatch(ReceiveSettings::isSubject)) {
            throw new IllegalArgumentException("certificates must hold subjects, such as CN=adt,O=General Hospital");
        }
        if (mostConnections < 1) {
            throw new IllegalArgumentException("most-connections must be at least 1");
        }
        if (messagesPerSecond < 0) {
            throw new IllegalArgumentException("messages-per-second must not be negative; 0 is any number");
        }
        if (maxMessage.toBytes() < 1024 || maxMessage.toMegabytes() > 64) {
            throw new IllegalArgumentException("max-message must be from 1KB to 64MB");
        }
        if (idle != null && idle.toMillis() < 1000) {
            throw new IllegalArgumentException("idle must be at least 1s");
        }
    }

    private static boolean isRange(String words) {
        try {
            AddressRange.of(words);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSubject(String words) {
        try {
            return !new X500Principal(words).getName().isEmpty() && !words.matches(".*[;{}].*");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether it is said who may send; else only this machine may be able to. */
    boolean knowsItsSenders() {
        return !senders.isEmpty() || clientCertificate;
    }
}

package org.ehrhub.server.channels;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.ehrhub.server.config.ChannelSettings;
import org.ehrhub.server.config.DeliverSettings;
import org.ehrhub.server.config.ReceiveSettings;

/** The endpoints that a channel's settings mean, as Camel writes them. */
final class ChannelUris {
    private static final Duration RECONNECT = Duration.ofMillis(500);
    private static final Duration MOST_RECONNECT = Duration.ofSeconds(30);

    private ChannelUris() {}

    /** Keeps what it is sent. */
    static String keeping(String channel, ChannelSettings settings) {
        var options = new LinkedHashMap<String, String>();
        options.put("order", settings.order().name());
        if (settings.authority() != null) {
            options.put("authority", raw(settings.authority()));
        }
        return journal(channel) + query(options);
    }

    private static String journal(String channel) {
        return "journal:" + channel;
    }

    /** Gives what is kept to a route that hands it on. */
    static String handing(String channel) {
        return journal(channel);
    }

    /** Gives what is kept to a route that delivers it. */
    static String delivering(String channel, DeliverSettings settings) {
        var options = new LinkedHashMap<String, String>();
        options.put("workers", String.valueOf(settings.atOnce()));
        options.put("retryAfter", millis(settings.retryAfter()));
        options.put("mostRetryAfter", millis(settings.mostRetryAfter()));
        options.put("attempts", String.valueOf(settings.attempts()));
        options.put("refused", settings.refused().name().toLowerCase(Locale.ROOT));
        return journal(channel) + query(options);
    }

    /** Receives. */
    static String server(ReceiveSettings settings, String tls) {
        var options = new LinkedHashMap<String, String>();
        options.put("mostConnections", String.valueOf(settings.mostConnections()));
        options.put("mostBytes", String.valueOf(settings.maxMessage().toBytes()));
        if (settings.messagesPerSecond() > 0) {
            options.put("messagesPerSecond", String.valueOf(settings.messagesPerSecond()));
        }
        if (settings.idle() != null) {
            options.put("idle", millis(settings.idle()));
        }
        if (!settings.senders().isEmpty()) {
            options.put("senders", String.join(",", settings.senders()));
        }
        if (settings.tls() != null) {
            options.put("sslContextParameters", "#" + tls);
            options.put("clientCertificate", String.valueOf(settings.clientCertificate()));
        }
        if (!settings.certificates().isEmpty()) {
            options.put(
                    "certificates",
                    raw(settings.certificates().stream()
                            .map(subject -> new X500Principal(subject).getName())
                            .collect(Collectors.joining(";"))));
        }
        return "mllp-server:" + at(settings.address(), settings.port()) + query(options);
    }

    /** Sends. */
    static String client(DeliverSettings settings, String tls) {
        var options = new LinkedHashMap<String, String>();
        options.put("connections", String.valueOf(settings.connections()));
        options.put("connectLimit", millis(settings.connectLimit()));
        options.put("answerLimit", millis(settings.answerLimit()));
        options.put("reconnectDelay", millis(least(RECONNECT, settings.retryAfter())));
        options.put("mostReconnectDelay", millis(least(MOST_RECONNECT, settings.mostRetryAfter())));
        if (settings.tls() != null) {
            options.put("sslContextParameters", "#" + tls);
        }
        return "mllp-client:" + at(settings.host(), settings.port()) + query(options);
    }

    private static String at(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** A receiver is not left alone for longer than its messages rest. */
    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String millis(Duration time) {
        return time.toMillis() + "ms";
    }

    private static String query(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining("&", "?", ""));
    }

    /** A value that Camel takes as it stands: it would decode a plus sign twice. */
    private static String raw(String value) {
        return value.contains(")") ? "RAW{" + value + "}" : "RAW(" + value + ")";
    }
}

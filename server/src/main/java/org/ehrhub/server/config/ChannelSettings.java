package org.ehrhub.server.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way of HL7 v2 messages through the hub. What comes is kept in the journal under the channel's name before its sender is told so;
 * what is kept is delivered to one receiver, or handed to other channels. With neither it lies there for a route of the site's own.
 *
 * @param receive where messages come in; without it they come from other channels, from routes and by import only
 * @param deliver where they go
 * @param to the channels that get a copy of each message
 * @param order whose messages are worked one after another
 * @param authority the assigning authority (CX.4) whose identifier names the patient; every identifier does without it
 */
public record ChannelSettings(
        @Nullable ReceiveSettings receive,
        @Nullable DeliverSettings deliver,
        Set<String> to,
        @Default("patient") Order order,
        @Nullable String authority) {
    /** Whose messages are worked one after another. */
    public enum Order {
        /** Those that share a patient. */
        PATIENT,
        /** All of the channel. */
        CHANNEL,
        /** None wait for others. */
        NONE
    }

    /** Checks that something is said, and not two things. */
    public ChannelSettings {
        if (receive == null && deliver == null && to.isEmpty()) {
            throw new IllegalArgumentException("A channel needs receive, deliver or to");
        }
        if (authority != null && !authority.matches("[^\\p{Cntrl}()?&{}]{1,200}")) {
            throw new IllegalArgumentException("authority must be a name as CX.4 has it, such as GENERAL");
        }
        if (deliver != null && !to.isEmpty()) {
            throw new IllegalArgumentException(
                    "to cannot stand beside deliver: let this channel hand its messages to one that delivers them");
        }
    }
}

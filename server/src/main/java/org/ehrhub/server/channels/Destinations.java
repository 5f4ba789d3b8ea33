package org.ehrhub.server.channels;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ehrhub.server.config.ChannelSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receivers of all channels that deliver; a change of one's state is logged. */
public final class Destinations implements ChannelWatch {
    private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

    private final Map<String, Destination> byChannel = new TreeMap<>();

    /** Those of these channels, none tried yet. */
    public Destinations(Map<String, ChannelSettings> channels, InstantSource clock) {
        channels.forEach((name, channel) -> {
            if (channel.deliver() != null) {
                byChannel.put(name, new Destination(channel.deliver(), clock));
            }
        });
    }

    /** The receiver of a channel; empty where it delivers to none. */
    public Optional<Destination> of(String channel) {
        return Optional.ofNullable(byChannel.get(channel));
    }

    /** All of them, by channel. */
    public Map<String, Destination> all() {
        return Map.copyOf(byChannel);
    }

    @Override
    public void received(String channel, String code, Duration took) {
        // says nothing of a receiver
    }

    @Override
    public void delivered(String channel, String outcome, Duration took) {
        of(channel).ifPresent(destination -> {
            var before = destination.note(outcome, took);
            var now = destination.standing();
            if (now.state() != before.state()) {
                say(channel, before.state(), now.state());
            }
        });
    }

    private static void say(String channel, Destination.State before, Destination.State now) {
        switch (now) {
            case DOWN -> LOG.warn("The receiver of channel {} is DOWN; its messages wait", channel);
            case SLOW -> LOG.warn("The receiver of channel {} is SLOW", channel);
            default -> {
                if (before != Destination.State.UNTRIED) {
                    LOG.info("The receiver of channel {} is up again", channel);
                }
            }
        }
    }
}

package org.ehrhub.server.observed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.ehrhub.adapters.journal.ChannelState;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.server.channels.ChannelWatch;
import org.ehrhub.server.channels.Destination;
import org.ehrhub.server.channels.Destinations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of channels. Labels are names of channels, codes and states; nothing of a message is in them. */
final class ChannelMetrics implements ChannelWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelMetrics.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final ChannelState NOTHING = new ChannelState(0, 0, 0, 0, null);

    private final MeterRegistry registry;
    private final JournalDesk journal;
    private final InstantSource clock;
    private @Nullable Map<String, ChannelState> states;
    private long read;

    private ChannelMetrics(MeterRegistry registry, JournalDesk journal, InstantSource clock) {
        this.registry = registry;
        this.journal = journal;
        this.clock = clock;
        this.read = System.nanoTime() - FRESH.toNanos();
    }

    /** Those of these channels: what is told of them, where they stand in the journal, and how their receivers are. */
    static ChannelWatch shown(
            MeterRegistry registry,
            Set<String> channels,
            JournalDesk journal,
            Destinations destinations,
            InstantSource clock) {
        var metrics = new ChannelMetrics(registry, journal, clock);
        channels.forEach(channel -> metrics.show(channel, destinations));
        return metrics;
    }

    @Override
    public void received(String channel, String code, Duration took) {
        Timer.builder("ehrhub.channel.received")
                .description("Messages that came, by what their sender was told, and how long it waited for that")
                .tags("channel", channel, "code", code)
                .register(registry)
                .record(took);
    }

    @Override
    public void delivered(String channel, String outcome, Duration took) {
        Timer.builder("ehrhub.channel.delivered")
                .description("Deliveries, by what the receiver answered, and how long that took")
                .tags("channel", channel, "outcome", outcome)
                .register(registry)
                .record(took);
    }

    private void show(String channel, Destinations destinations) {
        messages(channel, "waiting", ChannelState::waiting);
        messages(channel, "retried", ChannelState::retried);
        messages(channel, "dead", ChannelState::dead);
        messages(channel, "done", ChannelState::done);
        Gauge.builder("ehrhub.channel.oldest", () -> state(channel, this::oldest))
                .description("For how long the oldest unfinished message has waited; 0 without one")
                .baseUnit("seconds")
                .tags("channel", channel)
                .register(registry);
        destinations.of(channel).ifPresent(destination -> receiver(channel, destination));
    }

    private void messages(String channel, String state, ToDoubleFunction<ChannelState> number) {
        Gauge.builder("ehrhub.channel.messages", () -> state(channel, number))
                .description("Messages in the journal; those that were retried are waiting too")
                .tags("channel", channel, "state", state)
                .register(registry);
    }

    private void receiver(String channel, Destination destination) {
        for (var state : Destination.State.values()) {
            Gauge.builder(
                            "ehrhub.channel.receiver",
                            () -> destination.standing().state() == state ? 1 : 0)
                    .description("1 for the state that the channel's receiver is in")
                    .tags(Tags.of("channel", channel, "state", state.name().toLowerCase(Locale.ROOT)))
                    .register(registry);
        }
    }

    private double oldest(ChannelState state) {
        return state.oldest() == null
                ? 0
                : Math.max(0, Duration.between(state.oldest(), clock.instant()).toMillis() / 1000.0);
    }

    /** The journal is asked once for all that one look at the metrics shows; what it cannot say is no number. */
    private synchronized double state(String channel, ToDoubleFunction<ChannelState> number) {
        if (System.nanoTime() - read >= FRESH.toNanos()) {
            read = System.nanoTime();
            states = read(journal);
        }
        return states == null ? Double.NaN : number.applyAsDouble(states.getOrDefault(channel, NOTHING));
    }

    private static @Nullable Map<String, ChannelState> read(JournalDesk journal) {
        try {
            return journal.channels();
        } catch (RuntimeException e) {
            LOG.warn(
                    "The metrics of channels cannot be read from the store ({})",
                    e.getClass().getSimpleName());
            return null;
        }
    }
}

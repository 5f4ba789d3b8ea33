package org.ehrhub.server.channels;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.JournalDesk;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.server.config.ChannelSettings;

/** All of a hub that has to do with its channels; not loaded where there are none. */
public final class HubChannels implements AutoCloseable {
    private final MessageChannels channels;
    private final JournalIntake intake;
    private final MessageDesk desk;

    private HubChannels(MessageChannels channels, JournalIntake intake, MessageDesk desk) {
        this.channels = channels;
        this.intake = intake;
        this.desk = desk;
    }

    /**
     * What channels need of a hub.
     *
     * @param journal where messages are kept
     * @param messages where they are looked at
     * @param audit where it is kept who did
     */
    public record Parts(Journal journal, JournalDesk messages, AuditTrail audit, InstantSource clock) {}

    /**
     * Starts them.
     *
     * @param metrics counts what goes through, and shows how the receivers are
     * @throws java.io.UncheckedIOException when one cannot start; then none of them runs
     */
    public static HubChannels start(
            CamelContext camel,
            Map<String, ChannelSettings> channels,
            Parts parts,
            Function<Destinations, ChannelWatch> metrics) {
        var destinations = new Destinations(channels, parts.clock());
        var running =
                MessageChannels.start(camel, channels, parts.journal(), destinations.and(metrics.apply(destinations)));
        var intake = new JournalIntake(camel, channels);
        var desk = new MessageDesk(
                parts.messages(),
                intake,
                destinations,
                channels.keySet(),
                new MessageDesk.Trail(parts.audit(), parts.clock()));
        return new HubChannels(running, intake, desk);
    }

    /** Where people look at their messages. */
    public MessageDesk desk() {
        return desk;
    }

    /** Receives no more, then finishes what is being delivered. */
    @Override
    public void close() {
        channels.close();
        intake.close();
    }
}

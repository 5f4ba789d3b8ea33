package org.ehrhub.server.channels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.server.config.ChannelSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of a configuration, running in the hub's Camel context. */
public final class MessageChannels implements AutoCloseable {
    /** Under which the journal is found; {@code journal} itself is the name of a component. */
    static final String JOURNAL = "ehrhub-journal";

    private static final Logger LOG = LoggerFactory.getLogger(MessageChannels.class);
    /** A delivery may wait this long for its answer; what is not answered then is tried again after the next start. */
    private static final int STOP_SECONDS = 10;

    private final CamelContext camel;
    private final List<String> routes = new ArrayList<>();

    private MessageChannels(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Starts them.
     *
     * @throws UncheckedIOException when one cannot start; then none of them runs
     */
    public static MessageChannels start(
            CamelContext camel, Map<String, ChannelSettings> channels, Journal journal, ChannelWatch watch) {
        camel.getRegistry().bind(JOURNAL, Journal.class, journal);
        var started = new MessageChannels(camel);
        try {
            channels.keySet().forEach(name -> started.add(name, channels, watch));
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void add(String name, Map<String, ChannelSettings> channels, ChannelWatch watch) {
        routes.addFirst(ChannelRoutes.out(name));
        routes.addFirst(ChannelRoutes.in(name));
        try {
            camel.addRoutes(new ChannelRoutes(name, channels, watch));
        } catch (Exception e) {
            throw new UncheckedIOException(
                    problem(name, Objects.requireNonNull(channels.get(name)), e),
                    new IOException(e.getClass().getName()));
        }
    }

    private static String problem(String name, ChannelSettings settings, Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException && settings.receive() != null) {
                return "Channel " + name + " cannot listen at "
                        + settings.receive().address() + ":"
                        + settings.receive().port()
                        + ": another program has the port, or the address is not this machine's; change `channels."
                        + name
                        + ".receive`";
            }
        }
        LOG.debug("A channel could not start", failure);
        return "Channel " + name + " could not start; look at its TLS files and addresses ("
                + failure.getClass().getSimpleName() + ")";
    }

    /** Receives no more, then finishes what is being delivered. */
    @Override
    public void close() {
        routes.stream().filter(route -> route.endsWith("-in")).forEach(this::stop);
        routes.stream().filter(route -> route.endsWith("-out")).forEach(this::stop);
        routes.clear();
    }

    private void stop(String route) {
        if (camel.getRoute(route) == null) {
            return;
        }
        try {
            camel.getRouteController().stopRoute(route, STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            LOG.warn("A channel's route did not stop cleanly ({})", e.getClass().getSimpleName());
        }
    }
}

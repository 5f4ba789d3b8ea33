package org.ehrhub.server.channels;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.ehrhub.mllp.MessageNotSentException;
import org.ehrhub.mllp.MllpHeaders;
import org.jspecify.annotations.Nullable;

/** Tells how each exchange of a channel's route ended, and how long it took. */
final class RouteWatch extends RoutePolicySupport {
    private static final String BEGAN = "EhrHubBegan";

    private final BiConsumer<Exchange, Duration> told;

    private RouteWatch(BiConsumer<Exchange, Duration> told) {
        this.told = told;
    }

    /** Tells what senders are answered: by the header that the journal sets, else AE where the route failed. */
    static RouteWatch receiving(String channel, ChannelWatch watch) {
        return new RouteWatch((exchange, took) -> {
            var code = code(exchange);
            var usual = exchange.getException() == null ? "AA" : "AE";
            // A commit code is written as the application code that it stands for, unless the sender asks for both.
            watch.received(channel, (code == null ? usual : code).replace('C', 'A'), took);
        });
    }

    /** Tells how deliveries ended. */
    static RouteWatch delivering(String channel, ChannelWatch watch) {
        return new RouteWatch((exchange, took) -> watch.delivered(channel, outcome(exchange), took));
    }

    private static String outcome(Exchange exchange) {
        var failure = exchange.getException();
        if (failure != null) {
            return failure instanceof MessageNotSentException ? ChannelWatch.NOT_SENT : ChannelWatch.UNKNOWN;
        }
        var code = code(exchange);
        return code == null ? ChannelWatch.UNKNOWN : code;
    }

    private static @Nullable String code(Exchange exchange) {
        return exchange.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT, String.class);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(BEGAN, System.nanoTime());
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        var began = exchange.getProperty(BEGAN, Long.class);
        told.accept(exchange, Duration.ofNanos(began == null ? 0 : System.nanoTime() - began));
    }
}

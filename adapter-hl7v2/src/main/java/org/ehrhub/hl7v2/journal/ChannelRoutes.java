package org.ehrhub.hl7v2.journal;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/**
 * The routes of channels: what is received is kept, then acknowledged; what is kept is delivered. What fails comes back to where
 * it came from, to the sender as an answer and to the journal as another attempt, so that no error handler stands between.
 */
public final class ChannelRoutes extends RouteBuilder {
    private final List<Receiving> receiving;
    private final List<Delivering> delivering;

    /**
     * Where a channel's messages come from.
     *
     * @param id the route's name
     * @param from an endpoint that gives messages, such as {@code mllp-server:0.0.0.0:2575}
     * @param journal where they are kept, such as {@code journal:adt-in}
     */
    public record Receiving(String id, String from, String journal) {}

    /**
     * Where a channel's messages go to.
     *
     * @param id the route's name
     * @param journal where they are kept, such as {@code journal:adt-in?workers=4}
     * @param to an endpoint that takes messages, such as {@code mllp-client:lab.example:2576?connections=4}, or another channel
     */
    public record Delivering(String id, String journal, String to) {}

    /** Routes of these channels. */
    public ChannelRoutes(List<Receiving> receiving, List<Delivering> delivering) {
        this.receiving = List.copyOf(receiving);
        this.delivering = List.copyOf(delivering);
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        receiving.forEach(one -> from(one.from()).routeId(one.id()).to(one.journal()));
        delivering.forEach(one -> from(one.journal()).routeId(one.id()).to(one.to()));
    }
}

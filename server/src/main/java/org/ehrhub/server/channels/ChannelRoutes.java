package org.ehrhub.server.channels;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.server.config.ChannelSettings;
import org.ehrhub.server.config.MllpTls;
import org.jspecify.annotations.Nullable;

/** The routes of one channel: out of the journal first, so that what comes in finds its way on. */
final class ChannelRoutes extends RouteBuilder {
    private final String name;
    private final Map<String, ChannelSettings> channels;
    private final ChannelSettings settings;
    private final ChannelWatch watch;

    ChannelRoutes(String name, Map<String, ChannelSettings> channels, ChannelWatch watch) {
        this.name = name;
        this.channels = channels;
        this.settings = Objects.requireNonNull(channels.get(name));
        this.watch = watch;
    }

    static String in(String name) {
        return "channel-" + name + "-in";
    }

    static String out(String name) {
        return "channel-" + name + "-out";
    }

    @Override
    public void configure() {
        errorHandler(
                noErrorHandler()); // the journal tries again, and the sender is told; Camel's own would log the message
        out();
        in();
    }

    private void out() {
        var deliver = settings.deliver();
        if (deliver != null) {
            from(ChannelUris.delivering(name, deliver))
                    .routeId(out(name))
                    .routePolicy(RouteWatch.delivering(name, watch))
                    .to(ChannelUris.client(deliver, bound(out(name), deliver.tls())));
        } else if (!settings.to().isEmpty()) {
            from(ChannelUris.handing(name))
                    .routeId(out(name))
                    .to(settings.to().stream().map(this::keeping).toArray(String[]::new));
        }
    }

    private void in() {
        var receive = settings.receive();
        if (receive != null) {
            from(ChannelUris.server(receive, bound(in(name), receive.tls())))
                    .routeId(in(name))
                    .routePolicy(RouteWatch.receiving(name, watch))
                    .to(keeping(name));
        }
    }

    private String keeping(String channel) {
        return ChannelUris.keeping(channel, Objects.requireNonNull(channels.get(channel)));
    }

    private String bound(String route, @Nullable MllpTls tls) {
        var key = route + "-tls";
        if (tls != null) {
            getContext().getRegistry().bind(key, new PemContext(tls));
        }
        return key;
    }
}

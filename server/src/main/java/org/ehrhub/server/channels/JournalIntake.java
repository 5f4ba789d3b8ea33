package org.ehrhub.server.channels;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.ehrhub.mllp.MllpHeaders;
import org.ehrhub.server.config.ChannelSettings;

/** Keeps messages by the same endpoint as the routes that receive them, so that they get the same keys and the same answer. */
final class JournalIntake implements MessageDesk.Intake, AutoCloseable {
    private final ProducerTemplate template;

    private final Map<String, ChannelSettings> channels;

    /** Into the journal that is bound in this context, for these channels. */
    JournalIntake(CamelContext camel, Map<String, ChannelSettings> channels) {
        this.channels = channels;
        template = camel.createProducerTemplate();
    }

    @Override
    public String keep(String channel, byte[] content) {
        var kept = template.request(
                ChannelUris.keeping(channel, Objects.requireNonNull(channels.get(channel))),
                exchange -> exchange.getMessage().setBody(content));
        var code = kept.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT, String.class);
        if (code == null) {
            throw new IllegalStateException("A message could not be kept", kept.getException());
        }
        return code;
    }

    @Override
    public void close() {
        template.stop();
    }
}

package org.ehrhub.server.channels;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.ehrhub.mllp.MllpHeaders;

/** Keeps messages by the same endpoint as the routes that receive them, so that they get the same keys and the same answer. */
public final class JournalIntake implements MessageDesk.Intake, AutoCloseable {
    private final ProducerTemplate template;

    /** Into the journal that is bound in this context. */
    public JournalIntake(CamelContext camel) {
        template = camel.createProducerTemplate();
    }

    @Override
    public String keep(String channel, byte[] content) {
        var kept = template.request(
                ChannelUris.journal(channel), exchange -> exchange.getMessage().setBody(content));
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

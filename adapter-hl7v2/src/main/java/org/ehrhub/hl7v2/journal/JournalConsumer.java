package org.ehrhub.hl7v2.journal;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.ObjectHelper;
import org.ehrhub.adapters.journal.Claim;
import org.ehrhub.adapters.journal.Settlement;
import org.ehrhub.mllp.MessageExchange;
import org.ehrhub.mllp.MessageNotSentException;
import org.ehrhub.mllp.framing.MessageHeader;
import org.jspecify.annotations.Nullable;

/**
 * Gives each message of a channel to its route; a message is done when the route ends well, unless the last answer to it refuses
 * it.
 */
final class JournalConsumer extends DefaultConsumer {
    private final JournalEndpoint endpoint;
    private final Retries retries;
    private final Reach reach;
    private @Nullable ChannelWorkers workers;

    JournalConsumer(JournalEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.retries = endpoint.retries();
        this.reach = new Reach(retries);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = ChannelWorkers.start(endpoint.getComponent().journal(), endpoint.workers(), this::work, reach);
    }

    @Override
    protected void doStop() throws Exception {
        if (workers != null) {
            workers.close();
        }
        super.doStop();
    }

    private Settlement work(Claim claim) {
        var exchange = createExchange(false);
        var handover = new Handover();
        try {
            fill(exchange, claim);
            exchange.setProperty(Handover.PROPERTY, handover);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        note(exchange);
        try {
            return Outcome.of(exchange, claim.attempt(), handover, retries);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void note(Exchange exchange) {
        if (ObjectHelper.getException(MessageNotSentException.class, exchange.getException()) == null) {
            reach.reached();
        } else {
            reach.missed();
        }
    }

    private static void fill(Exchange exchange, Claim claim) {
        var header = MessageHeader.of(claim.content())
                .orElseThrow(() -> new IllegalArgumentException("What is kept is not an HL7 v2 message"));
        MessageExchange.fill(exchange, claim.content(), header, null);
        var message = exchange.getMessage();
        message.setHeader(JournalHeaders.ID, claim.id());
        message.setHeader(JournalHeaders.ATTEMPT, claim.attempt());
        message.setHeader(JournalHeaders.CHANNEL, claim.channel());
    }
}

package org.ehrhub.hl7v2.journal;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.ehrhub.adapters.journal.Journal;
import org.ehrhub.adapters.journal.Kept;
import org.ehrhub.mllp.MessageExchange;
import org.ehrhub.mllp.MllpHeaders;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the body of each exchange, which has reached the disk when it is done. What a message of the journal led to is kept in
 * one transaction with the end of that message instead.
 */
final class JournalProducer extends DefaultProducer {
    private final JournalEndpoint endpoint;
    private @Nullable Journal journal;

    JournalProducer(JournalEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        journal = endpoint.getComponent().journal();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        var content = MessageExchange.bytes(exchange, null);
        var index = MessageIndex.of(content, endpoint.ordering());
        var handover = exchange.getProperty(Handover.PROPERTY, Handover.class);
        boolean handedOver = handover != null && handover.add(index.withoutIdentity(endpoint.channel(), content));
        if (!handedOver) {
            keep(exchange.getMessage(), content, index);
        }
    }

    private void keep(Message message, byte[] content, MessageIndex index) throws ControlIdTakenException {
        if (journal == null) {
            throw new IllegalStateException("The route is not started");
        }
        var said = message.getHeader(MllpHeaders.ACKNOWLEDGEMENT);
        // Whatever an error handler makes of a failure: no sender hears that a message is safe which is not.
        refuse(message, AcknowledgementCode.CE, Problem.internal());
        var kept = journal.keep(index.message(endpoint.channel(), content));
        if (kept.fate() == Kept.Fate.OTHER_CONTENT) {
            refuse(message, AcknowledgementCode.CR, Problem.controlIdTaken());
            throw new ControlIdTakenException();
        }
        message.removeHeader(MllpHeaders.PROBLEM);
        message.setHeader(MllpHeaders.ACKNOWLEDGEMENT, said == null ? AcknowledgementCode.AA.name() : said);
        message.setHeader(JournalHeaders.ID, kept.id());
        message.setHeader(JournalHeaders.FATE, kept.fate().name());
    }

    /** A commit code: the sender of the enhanced mode must not hear CA, and the others are told AE or AR. */
    private static void refuse(Message message, AcknowledgementCode code, Problem problem) {
        message.setHeader(MllpHeaders.ACKNOWLEDGEMENT, code.name());
        message.setHeader(MllpHeaders.PROBLEM, problem);
    }
}

package org.ehrhub.mllp;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.ehrhub.mllp.client.Delivery;
import org.ehrhub.mllp.client.MllpClient;
import org.jspecify.annotations.Nullable;

/**
 * Sends the body of each exchange; its answer becomes the body. An answer that refuses the message is no failure of the
 * exchange: {@link MllpHeaders#ACKNOWLEDGEMENT} tells.
 */
final class MllpClientProducer extends DefaultProducer {
    private final MllpClientEndpoint endpoint;
    private @Nullable MllpClient client;

    MllpClientProducer(MllpClientEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        client = endpoint.open();
    }

    @Override
    protected void doStop() throws Exception {
        if (client != null) {
            client.close();
        }
        super.doStop();
    }

    /** The port where it waits for its receiver, once it is started, or that of the receiver. */
    int port() {
        return client == null ? 0 : client.port();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        var message = exchange.getMessage();
        if (client == null) {
            throw new MessageNotSentException("the route is not started");
        }
        switch (client.send(MessageExchange.bytes(exchange, endpoint.site()))) {
            case Delivery.Acknowledged answered -> {
                message.setBody(answered.answer());
                message.setHeader(
                        MllpHeaders.ACKNOWLEDGEMENT,
                        answered.acknowledgement().code().name());
            }
            case Delivery.NotSent(String why) -> throw new MessageNotSentException(why);
            case Delivery.Unknown unknown
            when unknown.equals(Delivery.UNANSWERED) -> message.removeHeader(MllpHeaders.ACKNOWLEDGEMENT);
            case Delivery.Unknown(String why) -> throw new OutcomeUnknownException(why);
        }
    }
}

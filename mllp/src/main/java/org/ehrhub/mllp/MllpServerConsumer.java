package org.ehrhub.mllp;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.Problem;
import org.ehrhub.mllp.framing.Reply;
import org.ehrhub.mllp.server.Answer;
import org.ehrhub.mllp.server.MllpServer;
import org.ehrhub.mllp.server.Received;
import org.jspecify.annotations.Nullable;

/**
 * Gives each message to its route and answers with what becomes of it there: AA when the route ends well, AE when it fails
 * (CE where its sender asks for a commit acknowledgement),
 * else what the route sets in {@link MllpHeaders#ACKNOWLEDGEMENT} or {@link MllpHeaders#REPLY}; a route that fails never accepts.
 */
final class MllpServerConsumer extends DefaultConsumer {
    private final MllpServerEndpoint endpoint;
    private final Reply reply;
    private @Nullable MllpServer server;

    MllpServerConsumer(MllpServerEndpoint endpoint, Processor processor, Reply reply) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.reply = reply;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        server = endpoint.open(this::receive, reply);
    }

    @Override
    protected void doStop() throws Exception {
        if (server != null) {
            server.close();
        }
        super.doStop();
    }

    /** The port that it listens at, once it is started. */
    int port() {
        return server == null ? 0 : server.port();
    }

    private Answer receive(Received message) {
        var exchange = createExchange(false);
        try {
            MessageExchange.fill(exchange, message, endpoint.site());
            getProcessor().process(exchange);
            return answer(exchange);
        } catch (Exception e) {
            getExceptionHandler().handleException("A message could not be processed", e);
            return Answer.refused(AcknowledgementCode.CE, Problem.internal());
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private Answer answer(Exchange exchange) {
        if (exchange.getException() != null) {
            getExceptionHandler().handleException("A message could not be processed", exchange.getException());
            var code = said(exchange);
            return Answer.refused(code == null || code.isAccept() ? AcknowledgementCode.CE : code, problem(exchange));
        }
        var own = exchange.getMessage().getHeader(MllpHeaders.REPLY, byte[].class);
        if (own != null) {
            return new Answer.Message(own);
        }
        var code = said(exchange);
        return code == null || code.isAccept()
                ? new Answer.Code(code == null ? AcknowledgementCode.AA : code, null)
                : Answer.refused(code, problem(exchange));
    }

    private static @Nullable AcknowledgementCode said(Exchange exchange) {
        return exchange.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT, AcknowledgementCode.class);
    }

    private static Problem problem(Exchange exchange) {
        var problem = exchange.getMessage().getHeader(MllpHeaders.PROBLEM, Problem.class);
        return problem == null ? Problem.internal() : problem;
    }
}

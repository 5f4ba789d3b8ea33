package org.ehrhub.mllp.peers;

import static org.ehrhub.mllp.Messages.bytes;

import ca.uhn.hl7v2.AcknowledgmentCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.hl7.HL7;
import org.apache.camel.component.hl7.HL7DataFormat;
import org.apache.camel.component.hl7.HL7MLLPNettyDecoderFactory;
import org.apache.camel.component.hl7.HL7MLLPNettyEncoderFactory;
import org.apache.camel.component.mllp.MllpAcknowledgementException;
import org.apache.camel.component.mllp.MllpConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.MessageHeader;

/** camel-mllp, and camel-netty with the codec of camel-hl7, as servers and as clients. */
final class CamelPeers {
    private static final String CODEC = "sync=true&encoders=#encoder&decoders=#decoder";

    private CamelPeers() {}

    private static DefaultCamelContext context() {
        var camel = new DefaultCamelContext();
        var decoder = new HL7MLLPNettyDecoderFactory();
        decoder.setCharset("ISO-8859-1");
        var encoder = new HL7MLLPNettyEncoderFactory();
        encoder.setCharset("ISO-8859-1");
        camel.getRegistry().bind("decoder", decoder);
        camel.getRegistry().bind("encoder", encoder);
        return camel;
    }

    /** A route that receives. */
    private static final class Receiver implements PeerReceiver {
        private final DefaultCamelContext camel = context();
        private final List<String> received = Collections.synchronizedList(new ArrayList<>());
        private final int port = Ports.free();

        Receiver started(RoutesBuilder routes) throws Exception {
            camel.addRoutes(routes);
            camel.start();
            return this;
        }

        String receive(Exchange exchange) {
            var id = MessageHeader.of(bytes(exchange.getMessage().getBody(String.class)))
                    .orElseThrow()
                    .controlId();
            received.add(id);
            return id;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public List<String> received() {
            return List.copyOf(received);
        }

        @Override
        public void close() {
            camel.stop();
        }
    }

    static PeerReceiver mllpReceiver() throws Exception {
        var receiver = new Receiver();
        return receiver.started(new RouteBuilder() {
            @Override
            public void configure() {
                fromF("mllp:127.0.0.1:%d?maxConcurrentConsumers=20", receiver.port())
                        .process(exchange -> {
                            if (receiver.receive(exchange).startsWith("BAD")) {
                                exchange.setProperty(MllpConstants.MLLP_ACKNOWLEDGEMENT_TYPE, "AE");
                            }
                        });
            }
        });
    }

    static PeerReceiver nettyReceiver() throws Exception {
        var receiver = new Receiver();
        var format = new HL7DataFormat();
        format.setHapiContext(Hapi.context());
        return receiver.started(new RouteBuilder() {
            @Override
            public void configure() {
                fromF("netty:tcp://127.0.0.1:%d?%s", receiver.port(), CODEC)
                        .process(exchange -> exchange.setProperty(
                                "bad", receiver.receive(exchange).startsWith("BAD")))
                        .unmarshal(format)
                        .choice()
                        .when(exchangeProperty("bad").isEqualTo(true))
                        .transform(HL7.ack(AcknowledgmentCode.AE))
                        .otherwise()
                        .transform(HL7.ack())
                        .end();
            }
        });
    }

    /** One that sends by a producer of Camel. */
    private abstract static class Sender implements PeerSender {
        private final DefaultCamelContext camel = context();
        private final String uri;

        Sender(String uri) {
            this.uri = uri;
            camel.start();
        }

        @Override
        public String send(String message) {
            var answer = camel.createProducerTemplate()
                    .request(uri, exchange -> exchange.getMessage().setBody(bytes(message)));
            return Acknowledgement.of(answer(answer))
                    .map(found -> found.code() + " " + found.controlId())
                    .orElse("none");
        }

        abstract byte[] answer(Exchange exchange);

        @Override
        public void close() {
            camel.stop();
        }
    }

    static PeerSender mllpSender(int port) {
        return new Sender("mllp:127.0.0.1:" + port) {
            @Override
            byte[] answer(Exchange exchange) {
                return exchange.getException() instanceof MllpAcknowledgementException refused
                        ? refused.getHl7AcknowledgementBytes()
                        : exchange.getMessage().getHeader(MllpConstants.MLLP_ACKNOWLEDGEMENT, byte[].class);
            }
        };
    }

    static PeerSender nettySender(int port) {
        return new Sender("netty:tcp://127.0.0.1:" + port + "?" + CODEC) {
            @Override
            byte[] answer(Exchange exchange) {
                return bytes(exchange.getMessage().getBody(String.class));
            }
        };
    }
}

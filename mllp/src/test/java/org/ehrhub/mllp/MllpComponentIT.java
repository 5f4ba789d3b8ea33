package org.ehrhub.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.mllp.Messages.admission;
import static org.ehrhub.mllp.Messages.bytes;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.MessageHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that receive and send, as people write them. */
class MllpComponentIT {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    /** A server whose route does this; gives where it listens. */
    private String serving(Processor route) throws Exception {
        return serving("", route);
    }

    private String serving(String options, Processor route) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("mllp-server:127.0.0.1:0?mostConnections=5&pause=200ms&senders=127.0.0.0/8" + options)
                        .routeId("in")
                        .process(route);
            }
        });
        camel.start();
        return "127.0.0.1:" + ((MllpServerConsumer) camel.getRoute("in").getConsumer()).port();
    }

    private Exchange sent(String address, String message) {
        return camel.createProducerTemplate()
                .send(
                        "mllp-client:" + address + "?answerLimit=5s",
                        exchange -> exchange.getMessage().setBody(bytes(message)));
    }

    @Test
    void givesARouteTheMessageAndItsHeader() throws Exception {
        var seen = new AtomicReference<Exchange>();
        var address = serving(exchange -> seen.set(exchange.copy()));
        var message = admission("42", "||||||UNICODE UTF-8", "M\u00dcLLER^J\u00d6RG");

        var answer = camel.createProducerTemplate()
                .request(
                        "mllp-client:" + address,
                        exchange -> exchange.getMessage().setBody(message.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT)).isEqualTo("AA");
        var received = seen.get().getMessage();
        assertThat(received.getBody(byte[].class)).isEqualTo(message.getBytes(StandardCharsets.UTF_8));
        assertThat(received.getBody(String.class)).isEqualTo(message);
        assertThat(received.getHeader(MllpHeaders.CODE)).isEqualTo("ADT");
        assertThat(received.getHeader(MllpHeaders.TRIGGER)).isEqualTo("A01");
        assertThat(received.getHeader(MllpHeaders.CONTROL_ID)).isEqualTo("42");
        assertThat(received.getHeader(MllpHeaders.SENDING_FACILITY)).isEqualTo("EAST");
        assertThat(received.getHeader(MllpHeaders.RECEIVING_APPLICATION)).isEqualTo("HUB");
        assertThat(received.getHeader(MllpHeaders.VERSION)).isEqualTo("2.5.1");
        assertThat(received.getHeader(MllpHeaders.SENDER)).isEqualTo("127.0.0.1");
    }

    @Test
    void answersAeWhenTheRouteFails() throws Exception {
        var address = serving(exchange -> {
            throw new IllegalStateException("DOE^JANE");
        });

        var answer = sent(address, admission("1"));

        assertThat(answer.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT)).isEqualTo("AE");
        assertThat(answer.getMessage().getBody(String.class))
                .contains("ERR||MSH^1|207^")
                .doesNotContain("DOE");
    }

    @Test
    void answersWhatTheRouteSays() throws Exception {
        var address = serving(exchange -> exchange.getMessage().setHeader(MllpHeaders.ACKNOWLEDGEMENT, "AR"));

        assertThat(sent(address, admission("1")).getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT))
                .isEqualTo("AR");
    }

    @Test
    void answersWithAMessageOfTheRoute() throws Exception {
        var address = serving(exchange -> exchange.getMessage()
                .setHeader(
                        MllpHeaders.REPLY, bytes("MSH|^~\\&|B|D|A|C|20260302||RSP^K22|9|P|2.5\rMSA|AA|1\rQAK|1|NF\r")));

        var answer = sent(address, admission("1")).getMessage().getBody(byte[].class);

        assertThat(Acknowledgement.of(answer)).contains(new Acknowledgement(AcknowledgementCode.AA, "1"));
        assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("QAK|1|NF");
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        var address = serving(exchange -> {});
        camel.getRouteController().stopRoute("in");

        assertThat(sent(address, admission("1")).getException()).isInstanceOf(MessageNotSentException.class);
    }

    @Test
    void refusesAnAddressWithoutAPort() {
        camel.start();

        assertThatThrownBy(() -> camel.getEndpoint("mllp-client:hospital.example"))
                .hasRootCauseMessage("The address must be host:port");
    }

    @Test
    void readsTextInTheCharacterSetOfTheSiteWhereTheMessageNamesNone() throws Exception {
        var name = "M\u00dcLLER^J\u00d6RG";
        var bodies = new ArrayList<String>();
        var bytes = new ArrayList<byte[]>();
        var address = serving("&charset=UTF-8", exchange -> {
            bodies.add(exchange.getMessage().getBody(String.class));
            bytes.add(exchange.getMessage().getBody(byte[].class));
        });
        var unnamed = admission("1", "", name);
        var latin = admission("2", "||||||8859/1", name);

        for (var text : List.of(unnamed, latin)) {
            var answer = camel.createProducerTemplate()
                    .request(
                            "mllp-client:" + address + "?charset=UTF-8",
                            exchange -> exchange.getMessage().setBody(text));
            assertThat(answer.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT))
                    .isEqualTo("AA");
        }

        assertThat(bodies).containsExactly(unnamed, latin);
        assertThat(bytes.getFirst()).isEqualTo(unnamed.getBytes(StandardCharsets.UTF_8));
        assertThat(bytes.getLast()).isEqualTo(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void receivesFromASenderThatWaitsToBeConnectedTo(@TempDir Path folder) throws Exception {
        var numbers = new ArrayList<String>();
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:out")
                        .to("mllp-client:127.0.0.1:" + port + "?listen=true&receivers=127.0.0.0/8&sequenceNumbers="
                                + folder.resolve("out"));
                from("mllp-server:127.0.0.1:" + port + "?dial=true&reconnectDelay=10ms&mostReconnectDelay=20ms"
                                + "&messagesPerSecond=1000&connectionMessagesPerSecond=1000&sequenceNumbers="
                                + folder.resolve("in"))
                        .process(exchange -> numbers.add(
                                MessageHeader.of(exchange.getMessage().getBody(byte[].class))
                                        .orElseThrow()
                                        .field(13)));
            }
        });
        camel.start();

        for (var id : List.of("1", "2")) {
            var answer = camel.createProducerTemplate()
                    .request("direct:out", exchange -> exchange.getMessage().setBody(bytes(admission(id))));
            assertThat(answer.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT))
                    .isEqualTo("AA");
        }
        assertThat(numbers).containsExactly("1", "2");
    }

    @Test
    void refusesACharacterSetThatIsNotKnown() {
        assertThatThrownBy(() -> serving("&charset=KLINGON", exchange -> {}))
                .hasRootCauseInstanceOf(UnsupportedCharsetException.class);
    }
}

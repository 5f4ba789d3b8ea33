package org.ehrhub.mllp;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.server.Received;

/** What an exchange holds of a message. */
final class MessageExchange {
    /** HL7 table 0211, where its names are not those of the IANA. */
    private static final Map<String, String> HL7_NAMES =
            Map.of("ASCII", "US-ASCII", "UNICODE", "UTF-8", "UNICODE UTF-8", "UTF-8", "UNICODE UTF-16", "UTF-16");

    private static final int CHARACTER_SET = 18;

    private MessageExchange() {}

    static void fill(Exchange exchange, Received received) {
        var message = exchange.getMessage();
        var header = received.header();
        message.setBody(received.content());
        message.setHeader(MllpHeaders.SENDING_APPLICATION, header.field(3));
        message.setHeader(MllpHeaders.SENDING_FACILITY, header.field(4));
        message.setHeader(MllpHeaders.RECEIVING_APPLICATION, header.field(5));
        message.setHeader(MllpHeaders.RECEIVING_FACILITY, header.field(6));
        message.setHeader(MllpHeaders.CODE, header.code());
        message.setHeader(MllpHeaders.TRIGGER, header.trigger());
        message.setHeader(MllpHeaders.CONTROL_ID, header.controlId());
        message.setHeader(MllpHeaders.VERSION, header.component(12, 1));
        message.setHeader(
                MllpHeaders.SENDER, received.sender().address().getAddress().getHostAddress());
        received.sender().certificate().ifPresent(subject -> message.setHeader(MllpHeaders.CERTIFICATE, subject));
        charset(header).ifPresent(charset -> exchange.setProperty(Exchange.CHARSET_NAME, charset.name()));
    }

    /** The character set that MSH-18 names first; empty where it names none that is known. */
    static Optional<Charset> charset(MessageHeader header) {
        var name = header.component(CHARACTER_SET, 1).strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(HL7_NAMES.getOrDefault(name, name.replace("8859/", "ISO-8859-"))));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}

package org.ehrhub.mllp;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.ehrhub.mllp.framing.CharacterSets;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.server.Received;
import org.jspecify.annotations.Nullable;

/** What an exchange holds of a message. */
public final class MessageExchange {
    private MessageExchange() {}

    static void fill(Exchange exchange, Received received, @Nullable Charset site) {
        fill(exchange, received.content(), received.header(), site);
        var message = exchange.getMessage();
        message.setHeader(
                MllpHeaders.SENDER, received.sender().address().getAddress().getHostAddress());
        received.sender().certificate().ifPresent(subject -> message.setHeader(MllpHeaders.CERTIFICATE, subject));
    }

    /**
     * Makes a message the body, and sets the headers that tell of its MSH segment.
     *
     * @param site the character set of a message that names none
     */
    public static void fill(Exchange exchange, byte[] content, MessageHeader header, @Nullable Charset site) {
        var message = exchange.getMessage();
        message.setBody(content);
        message.setHeader(MllpHeaders.SENDING_APPLICATION, header.field(3));
        message.setHeader(MllpHeaders.SENDING_FACILITY, header.field(4));
        message.setHeader(MllpHeaders.RECEIVING_APPLICATION, header.field(5));
        message.setHeader(MllpHeaders.RECEIVING_FACILITY, header.field(6));
        message.setHeader(MllpHeaders.CODE, header.code());
        message.setHeader(MllpHeaders.TRIGGER, header.trigger());
        message.setHeader(MllpHeaders.CONTROL_ID, header.controlId());
        message.setHeader(MllpHeaders.VERSION, header.component(12, 1));
        CharacterSets.of(header, site)
                .ifPresent(charset -> exchange.setProperty(Exchange.CHARSET_NAME, charset.name()));
    }

    /** The bytes to be sent: of text in the character set of MSH-18, or of the site where it names none. */
    public static byte[] bytes(Exchange exchange, @Nullable Charset site) throws InvalidPayloadException {
        var message = exchange.getMessage();
        if (message.getBody() instanceof String text) {
            var found = MessageHeader.of(text.getBytes(StandardCharsets.ISO_8859_1))
                    .flatMap(header -> CharacterSets.of(header, site));
            if (found.isPresent()) {
                return text.getBytes(found.get());
            }
        }
        return message.getMandatoryBody(byte[].class);
    }
}

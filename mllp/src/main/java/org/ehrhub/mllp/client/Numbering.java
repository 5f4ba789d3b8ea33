package org.ehrhub.mllp.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehrhub.mllp.framing.Acknowledgement;
import org.ehrhub.mllp.framing.ControlIds;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.sequence.SequenceNumbers;
import org.ehrhub.mllp.sequence.SequenceNumbers.Last;
import org.jspecify.annotations.Nullable;

/**
 * The sender's part of the sequence number protocol (HL7 v2.5.1, 2.10.1). Each connection begins with a header that has the
 * number 0, to which the receiver answers which number it expects; so what became of the last message is known before the next
 * one is sent. For one message at a time.
 */
final class Numbering {
    private static final int TIME = 7;
    private static final int TYPE = 9;
    private static final int CONTROL_ID = 10;
    private static final int NUMBER = 13;
    private static final int LAST_OF_A_LINK = 13;
    private static final long ANY = -1;

    private final SequenceNumbers numbers;
    private final String peer;
    private final ControlIds ids = new ControlIds();
    private @Nullable Line linked;
    private long next;

    Numbering(SequenceNumbers numbers, String peer) {
        this.numbers = numbers;
        this.peer = peer;
    }

    /** Sends a message with its number, which is kept before. */
    Delivery send(Line line, byte[] content, MessageHeader header) {
        try {
            var last = numbers.of(peer);
            var fault = line == linked ? Optional.<String>empty() : link(line, header, last);
            if (fault.isPresent()) {
                line.spoil();
                return new Delivery.NotSent(fault.get());
            }
            linked = line;
            return send(line, content, header, number(header, last));
        } catch (IOException e) {
            return new Delivery.NotSent(
                    "its number could not be kept: " + e.getClass().getSimpleName());
        }
    }

    /** That of a message which is sent again, or else the next one. */
    private long number(MessageHeader header, Optional<Last> last) {
        return last.filter(sent -> sent.controlId().equals(header.controlId()) && sent.number() + 1 >= next)
                .map(Last::number)
                .orElse(next);
    }

    private Delivery send(Line line, byte[] content, MessageHeader header, long number) throws IOException {
        numbers.keep(peer, new Last(number, header.controlId()));
        var delivery = line.send(numbered(content, header, number), header);
        if (delivery instanceof Delivery.Acknowledged answered) {
            next = answered.acknowledgement().code().isAccept() ? number + 1 : number;
        } else {
            linked = null; // whether it was accepted is to be asked, also where the connection stands
        }
        return delivery;
    }

    /** Begins a connection; gives why it cannot be. */
    private Optional<String> link(Line line, MessageHeader header, Optional<Last> last) {
        var link = linkOf(header);
        if (!(line.send(link, MessageHeader.of(link).orElseThrow()) instanceof Delivery.Acknowledged answered)) {
            return Optional.of("the receiver did not say which number it expects");
        }
        var expected = Acknowledgement.expected(answered.answer());
        boolean accepted = answered.acknowledgement().code().isAccept();
        if (!accepted || expected.isEmpty()) {
            return Optional.of("the receiver takes no sequence numbers");
        }
        return begin(expected, last);
    }

    private Optional<String> begin(OptionalLong expected, Optional<Last> last) {
        long number = expected.getAsLong();
        if (number == ANY) {
            next = last.map(sent -> sent.number() + 1).orElse(1L);
            return Optional.empty();
        }
        boolean known = last.isEmpty()
                || number == last.get().number()
                || number == last.get().number() + 1;
        next = number;
        return known ? Optional.empty() : Optional.of("the receiver expects another number than the next one");
    }

    private byte[] linkOf(MessageHeader header) {
        var text = new StringBuilder("MSH").append(header.fieldSeparator()).append(header.encodingCharacters());
        for (int number = 3; number <= LAST_OF_A_LINK; number++) {
            text.append(header.fieldSeparator())
                    .append(
                            switch (number) {
                                case TYPE -> String.valueOf(header.componentSeparator());
                                case CONTROL_ID -> ids.next();
                                case NUMBER -> "0";
                                case 3, 4, 5, 6, TIME, 11, 12 -> header.field(number);
                                default -> "";
                            });
        }
        return text.append('\r').toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] numbered(byte[] content, MessageHeader header, long number) {
        var segment = header.with(NUMBER, Long.toString(number)).getBytes(StandardCharsets.ISO_8859_1);
        int rest = header.text().length();
        var numbered = new byte[segment.length + content.length - rest];
        System.arraycopy(segment, 0, numbered, 0, segment.length);
        System.arraycopy(content, rest, numbered, segment.length, content.length - rest);
        return numbered;
    }
}

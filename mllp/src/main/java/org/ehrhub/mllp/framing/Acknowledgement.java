package org.ehrhub.mllp.framing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an answer says of the message that it answers (HL7 v2.5.1, 2.15.8).
 *
 * @param code MSA-1
 * @param controlId MSA-2: MSH-10 of the message that is answered
 */
public record Acknowledgement(AcknowledgementCode code, String controlId) {
    private static final int EXPECTED = 4;
    private static final Set<String> BEFORE = Set.of("SFT", "UAC", "ARV");

    /** What a message says as an answer; empty where it is none: it has no MSA segment after its header. */
    public static Optional<Acknowledgement> of(byte[] content) {
        return MessageHeader.of(content).flatMap(header -> of(content, header.fieldSeparator()));
    }

    /** MSA-4, the sequence number that the next message must have; empty where the answer names none. */
    public static OptionalLong expected(byte[] content) {
        var fields = MessageHeader.of(content)
                .flatMap(header -> segment(content, header.fieldSeparator())
                        .map(found -> found.split(Pattern.quote(String.valueOf(header.fieldSeparator())), -1)));
        try {
            return fields.isEmpty() || fields.get().length <= EXPECTED
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(fields.get()[EXPECTED].strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<Acknowledgement> of(byte[] content, char separator) {
        return segment(content, separator).flatMap(found -> of(found, separator));
    }

    /** The MSA segment. */
    private static Optional<String> segment(byte[] content, char separator) {
        int from = Segments.next(content, 0);
        while (from < content.length) {
            int to = Segments.end(content, from);
            var segment = new String(content, from, to - from, StandardCharsets.ISO_8859_1);
            if (segment.startsWith("MSA" + separator)) {
                return Optional.of(segment);
            }
            if (segment.length() < 3 || !BEFORE.contains(segment.substring(0, 3))) {
                return Optional.empty();
            }
            from = Segments.next(content, to);
        }
        return Optional.empty();
    }

    private static Optional<Acknowledgement> of(String segment, char separator) {
        int first = segment.indexOf(separator);
        int second = segment.indexOf(separator, first + 1);
        if (second < 0) {
            return Optional.empty();
        }
        int third = segment.indexOf(separator, second + 1);
        var controlId = segment.substring(second + 1, third < 0 ? segment.length() : third);
        return AcknowledgementCode.of(segment.substring(first + 1, second))
                .map(code -> new Acknowledgement(code, controlId));
    }
}

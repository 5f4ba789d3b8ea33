package org.ehrhub.hl7v2.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.framing.Segments;

/**
 * A segment where it lies in its message; its bytes are read as ISO 8859-1, in which delimiters stay what they are.
 *
 * @param content the message
 * @param from where it begins
 * @param header the message's header, which says what the delimiters are
 */
@SuppressWarnings("ArrayRecordComponent") // looked at, never compared
record Segment(byte[] content, int from, MessageHeader header) {
    private static final int NAME = 3;

    /** Its three letters in one number, as {@link #code} has it; 0 where they are fewer. */
    int name() {
        return from + NAME > content.length ? 0 : code(content[from], content[from + 1], content[from + 2]);
    }

    /** The number of three letters. */
    static int code(String name) {
        return code(name.charAt(0), name.charAt(1), name.charAt(2));
    }

    private static int code(int first, int second, int third) {
        return ((first & 0xff) << 16) | ((second & 0xff) << 8) | (third & 0xff);
    }

    /** The repetitions of a field; one that is empty where there is none. */
    List<String> repetitions(int number) {
        return Identifier.split(field(number), header.repetitionSeparator());
    }

    /** A field as it stands, by its number; empty where there is none. */
    String field(int number) {
        int end = Segments.end(content, from);
        int begin = from;
        for (int at = 0; at < number && begin < end; at++) {
            begin = separator(begin, end) + 1;
        }
        return begin >= end
                ? ""
                : new String(content, begin, separator(begin, end) - begin, StandardCharsets.ISO_8859_1);
    }

    private int separator(int begin, int end) {
        byte separator = (byte) header.fieldSeparator();
        int at = begin;
        while (at < end && content[at] != separator) {
            at++;
        }
        return at;
    }
}

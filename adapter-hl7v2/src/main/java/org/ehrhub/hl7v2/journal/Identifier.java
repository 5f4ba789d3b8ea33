package org.ehrhub.hl7v2.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ehrhub.mllp.framing.MessageHeader;

/**
 * A number and who gave it (data types CX and EI). Escapes are kept as they stand.
 *
 * @param value the number
 * @param namespace the giver's name at this site; empty without one
 * @param universal the giver's name in the world, such as an OID; empty without one
 */
record Identifier(String value, String namespace, String universal) {
    private static final int AUTHORITY = 3;
    private static final String DELETED = "\"\"";

    /** A patient's or visit's number (CX); empty where it has no value. */
    static Optional<Identifier> ofPerson(String repetition, MessageHeader header) {
        var parts = split(repetition, header.componentSeparator());
        var authority = split(part(parts, AUTHORITY), header.subcomponentSeparator());
        return of(parts.getFirst(), part(authority, 0), part(authority, 1));
    }

    /** An order's or appointment's number (EI); empty where it has no value. */
    static Optional<Identifier> ofEntity(String repetition, MessageHeader header) {
        var parts = split(repetition, header.componentSeparator());
        return of(parts.getFirst(), part(parts, 1), part(parts, 2));
    }

    private static Optional<Identifier> of(String value, String namespace, String universal) {
        var number = value.strip();
        return number.isEmpty() || number.equals(DELETED)
                ? Optional.empty()
                : Optional.of(new Identifier(number, namespace.strip(), universal.strip()));
    }

    /** Each way in which people write it. */
    void writings(Consumer<String> each) {
        each.accept(value);
        if (!namespace.isEmpty()) {
            each.accept(value + '^' + namespace);
        }
        if (!universal.isEmpty()) {
            each.accept(value + '^' + universal);
        }
    }

    /** The parts of a text; one where the separator is not in it. */
    static List<String> split(String text, char separator) {
        int to = text.indexOf(separator);
        if (to < 0) {
            return List.of(text);
        }
        var parts = new ArrayList<String>();
        int from = 0;
        for (; to >= 0; to = text.indexOf(separator, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }
}

package org.ehrhub.hl7v2.journal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.ehrhub.adapters.journal.JournalMessage.Term;
import org.ehrhub.mllp.framing.MessageHeader;

/** What people look for a message by. */
final class SearchTerms {
    private static final int PID = Segment.code("PID");
    private static final int PV1 = Segment.code("PV1");
    private static final int ORC = Segment.code("ORC");
    private static final int OBR = Segment.code("OBR");
    private static final int SCH = Segment.code("SCH");
    private static final int ARQ = Segment.code("ARQ");
    private static final int VISIT = 19;

    private SearchTerms() {}

    static void ofHeader(MessageHeader header, Set<Term> terms) {
        add(terms, "MSH-3", header.field(3));
        add(terms, "MSH-4", header.field(4));
        for (int number = 3; number <= 4; number++) {
            add(terms, "MSH-" + number, first(header.field(number), header.componentSeparator()));
        }
        add(terms, "MSH-9", header.code());
        if (!header.trigger().isEmpty()) {
            add(terms, "MSH-9", header.code() + '^' + header.trigger());
        }
        add(terms, "MSH-10", header.controlId());
    }

    private static String first(String field, char separator) {
        int end = field.indexOf(separator);
        return end < 0 ? field : field.substring(0, end);
    }

    /** OBR-2 and -3 are ORC-2 and -3, ARQ-1 and -2 are SCH-1 and -2, where a sender writes them only there. */
    static void of(Segment segment, Set<Term> terms) {
        int name = segment.name();
        if (name == PID) {
            PatientKeys.identifiers(segment).forEach(one -> one.writings(writing -> add(terms, "PID-3", writing)));
        } else if (name == PV1) {
            Identifier.ofPerson(segment.field(VISIT), segment.header())
                    .ifPresent(one -> one.writings(writing -> add(terms, "PV1-19", writing)));
        } else if (name == ORC || name == OBR) {
            entity(segment, 2, "ORC-2", terms);
            entity(segment, 3, "ORC-3", terms);
        } else if (name == SCH || name == ARQ) {
            entity(segment, 1, "SCH-1", terms);
            entity(segment, 2, "SCH-2", terms);
        }
    }

    private static void entity(Segment segment, int number, String field, Set<Term> terms) {
        for (var repetition : segment.repetitions(number)) {
            Identifier.ofEntity(repetition, segment.header())
                    .ifPresent(one -> one.writings(writing -> add(terms, field, writing)));
        }
    }

    private static void add(Set<Term> terms, String field, String value) {
        if (!value.isBlank()) {
            terms.add(new Term(field, readable(value.strip())));
        }
    }

    /** As a person would type it: bytes beyond ASCII are UTF-8 where they can be. */
    private static String readable(String value) {
        if (value.chars().allMatch(one -> one < 0x80)) {
            return value;
        }
        try {
            var bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}

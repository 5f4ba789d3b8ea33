package org.ehrhub.hl7v2.journal;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.journal.JournalMessage;
import org.ehrhub.adapters.journal.JournalMessage.Identity;
import org.ehrhub.adapters.journal.JournalMessage.Term;
import org.ehrhub.mllp.framing.MessageHeader;
import org.ehrhub.mllp.framing.Segments;
import org.jspecify.annotations.Nullable;

/**
 * What a message is known, ordered and found by, read from its bytes without a parser. A merge, a link or a move names every
 * patient of its PID and MRG segments, and so waits for, and holds up, the messages of each of them.
 *
 * @param identity MSH-3, MSH-4 and MSH-10; none where MSH-10 is empty
 * @param keys what its order hangs on
 * @param terms what it can be found by: MSH-3, MSH-4, MSH-9, MSH-10, PID-3, PV1-19, ORC-2, ORC-3, SCH-1 and SCH-2; a number of a
 *     patient, visit, order or appointment alone, and with its giver, as in {@code 4711^EAST}
 */
public record MessageIndex(@Nullable Identity identity, Set<String> keys, List<Term> terms) {
    /** So many numbers no message has that somebody means; each is a row that the journal writes while others wait. */
    private static final int MOST_NUMBERS = 10_000;

    /**
     * The index of a message.
     *
     * @throws IllegalArgumentException when it does not begin with an MSH segment, or has more than 10,000 numbers of patients,
     *     visits, orders and appointments
     */
    public static MessageIndex of(byte[] content, Ordering ordering) {
        var header = MessageHeader.of(content)
                .filter(found -> found.name().equals("MSH"))
                .orElseThrow(() -> new IllegalArgumentException("The body is not an HL7 v2 message"));
        var patients = new HashSet<String>();
        var terms = new LinkedHashSet<Term>();
        SearchTerms.ofHeader(header, terms);
        for (int at = Segments.next(content, 0); at < content.length; at = Segments.next(content, at)) {
            var segment = new Segment(content, at, header);
            PatientKeys.of(segment, ordering, patients);
            SearchTerms.of(segment, terms);
            if (patients.size() > MOST_NUMBERS || terms.size() > MOST_NUMBERS) {
                throw new IllegalArgumentException("The message has more than " + MOST_NUMBERS + " numbers");
            }
        }
        return new MessageIndex(identity(header), keys(header, ordering, patients), List.copyOf(terms));
    }

    /** Of two fields put together, the length of the first tells where the second begins. */
    private static @Nullable Identity identity(MessageHeader header) {
        var application = header.field(3);
        return header.controlId().isEmpty()
                ? null
                : new Identity(application.length() + ":" + application + header.field(4), header.controlId());
    }

    /**
     * What names no patient, such as a master file, keeps its order among messages of its type: there it may matter, and one that
     * cannot be worked holds up no patient.
     */
    private static Set<String> keys(MessageHeader header, Ordering ordering, Set<String> patients) {
        return switch (ordering.order()) {
            case PATIENT -> patients.isEmpty() ? Set.of("MSH " + header.code()) : patients;
            case CHANNEL -> Set.of("*");
            case NONE -> Set.of();
        };
    }

    /** The message as a channel keeps it. */
    JournalMessage message(String channel, byte[] content) {
        return new JournalMessage(channel, content, identity, keys, terms);
    }

    /** The message as a channel keeps it that is another one each time. */
    JournalMessage withoutIdentity(String channel, byte[] content) {
        return new JournalMessage(channel, content, null, keys, terms);
    }
}

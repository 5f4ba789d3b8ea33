package org.ehrhub.mllp.framing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of a header segment, read without a parser (HL7 v2.5.1, 2.15.9 for MSH; 2.15.2 and 2.15.6 for batches): what is
 * needed to route and to acknowledge a message. Its bytes are read as ISO 8859-1, in which every character set that HL7 allows
 * keeps the delimiters.
 */
public final class MessageHeader {
    private static final int LEAST = 8;
    private static final int MOST_FIELDS = 64;
    private static final Set<String> CONDITIONS = Set.of("AL", "NE", "SU", "ER");

    private final String segment;
    private final List<String> fields;

    private MessageHeader(String segment, List<String> fields) {
        this.segment = segment;
        this.fields = fields;
    }

    /** The header of a message or batch; empty where it does not begin with one. */
    public static Optional<MessageHeader> of(byte[] content) {
        var segment = new String(content, 0, Segments.end(content, 0), StandardCharsets.ISO_8859_1);
        boolean header = segment.startsWith("MSH") || segment.startsWith("BHS") || segment.startsWith("FHS");
        if (!header || segment.length() < LEAST || !HeaderSearch.isSeparator((byte) segment.charAt(3))) {
            return Optional.empty();
        }
        return Optional.of(new MessageHeader(segment, split(segment, segment.charAt(3))));
    }

    private static List<String> split(String segment, char separator) {
        var fields = new ArrayList<String>();
        int from = 0;
        for (int to = segment.indexOf(separator); to >= 0 && fields.size() < MOST_FIELDS; ) {
            fields.add(segment.substring(from, to));
            from = to + 1;
            to = segment.indexOf(separator, from);
        }
        fields.add(segment.substring(from));
        return fields;
    }

    /** The segment as it stands, without what ends it. */
    public String text() {
        return segment;
    }

    /** The segment with another value in a field. */
    public String with(int number, String value) {
        var changed = new ArrayList<>(fields);
        while (changed.size() < number) {
            changed.add("");
        }
        changed.set(number - 1, value);
        return String.join(String.valueOf(fieldSeparator()), changed);
    }

    /** The name of the segment: {@code MSH}, {@code BHS} or {@code FHS}. */
    public String name() {
        return segment.substring(0, 3);
    }

    /** MSH-1. */
    public char fieldSeparator() {
        return segment.charAt(3);
    }

    /** MSH-2: component, repetition, escape and subcomponent separators, and from v2.7 on the truncation character. */
    public String encodingCharacters() {
        return field(2);
    }

    /** The separator of components. */
    public char componentSeparator() {
        var characters = encodingCharacters();
        return characters.isEmpty() ? '^' : characters.charAt(0);
    }

    /** The separator of subcomponents. */
    public char subcomponentSeparator() {
        var characters = encodingCharacters();
        return characters.length() < 4 ? '&' : characters.charAt(3);
    }

    /** A field as it stands, by its number in the standard; empty where there is none. */
    public String field(int number) {
        return number == 1 ? String.valueOf(fieldSeparator()) : number <= fields.size() ? fields.get(number - 1) : "";
    }

    /** A component of a field's first repetition, by its number; empty where there is none. */
    public String component(int number, int component) {
        var repetition = field(number);
        int end = repetition.indexOf(repetitionSeparator());
        var parts = (end < 0 ? repetition : repetition.substring(0, end))
                .split(Pattern.quote(String.valueOf(componentSeparator())), -1);
        return component <= parts.length ? parts[component - 1] : "";
    }

    /** MSH-10, the sender's name for the message. */
    public String controlId() {
        return field(10);
    }

    /** MSH-9.1, such as {@code ADT}. */
    public String code() {
        return component(9, 1);
    }

    /** MSH-9.2, such as {@code A01}. */
    public String trigger() {
        return component(9, 2);
    }

    /** Whether this is itself an acknowledgement, which nobody acknowledges (HL7 v2.5.1, 2.9.2). */
    public boolean isAcknowledgement() {
        return code().equals("ACK") || code().equals("MCF");
    }

    /**
     * Whether MSH-15 or MSH-16 is valued, and the enhanced mode holds (HL7 v2.5.1, 2.9.3). What is not of table 0155 is no value:
     * a sender whose header is not in order is still answered.
     */
    public boolean isEnhanced() {
        return CONDITIONS.contains(field(15)) || CONDITIONS.contains(field(16));
    }

    /** Whether one who takes the message answers it; in the enhanced mode the sender may want to hear of refusals only, or of nothing. */
    public boolean isAnsweredWhenTaken() {
        return !isEnhanced() || isWanted("AL") || isWanted("SU");
    }

    /** Whether one who refuses the message answers it. */
    public boolean isAnsweredWhenRefused() {
        return !isEnhanced() || isWanted("AL") || isWanted("ER");
    }

    private boolean isWanted(String condition) {
        return field(15).equals(condition) || field(16).equals(condition);
    }

    /** The separator of repetitions. */
    public char repetitionSeparator() {
        var characters = encodingCharacters();
        return characters.length() < 2 ? '~' : characters.charAt(1);
    }
}

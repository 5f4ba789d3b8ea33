package org.ehrhub.medplum.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One HL7 v2 message as it is written (HL7 v2.5.1, 2.5 and 2.6), as far as sending it and reading its acknowledgement needs:
 * delimiters, segments and fields. What it holds stays as it was written.
 */
public final class Er7 {
    /** The media type that Medplum knows it by. */
    public static final String TYPE = "x-application/hl7-v2+er7";

    private static final Pattern BREAK = Pattern.compile("\r\n|\r|\n");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");
    private static final Pattern OF_A_BATCH = Pattern.compile("MSH|[FB][HT]S");
    private static final String HEADER = "MSH";
    private static final int FEWEST_DELIMITERS = 4;
    private static final int MOST_DELIMITERS = 5;

    private final List<String> segments;
    private final String separator;
    private final String component;

    private Er7(List<String> segments, String separator, String component) {
        this.segments = segments;
        this.separator = separator;
        this.component = component;
    }

    /** A text that is no such message. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private Malformed(String problem) {
            super(problem);
        }

        /** What is wrong with it, in the hub's words: goes on from "the message". */
        public String problem() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads one message; its segments may end as they do in HL7 v2, or with line breaks of any kind. */
    public static Er7 read(String text) throws Malformed {
        var segments = new ArrayList<>(List.of(BREAK.split(text)));
        var header = segments.getFirst();
        if (!header.startsWith(HEADER) || header.length() < HEADER.length() + 1) {
            throw new Malformed("must begin with MSH");
        }
        var separator = header.substring(HEADER.length(), HEADER.length() + 1);
        var delimiters = header.substring(HEADER.length() + 1).split(Pattern.quote(separator), 2)[0];
        if (!areDelimiters(separator + delimiters)) {
            throw new Malformed("must have MSH-1 and MSH-2 that name its delimiters, such as |^~\\&");
        }
        for (var segment : segments.subList(1, segments.size())) {
            checkSegment(segment, separator);
        }
        return new Er7(List.copyOf(segments), separator, delimiters.substring(0, 1));
    }

    private static boolean areDelimiters(String all) {
        return all.length() > FEWEST_DELIMITERS
                && all.length() <= 1 + MOST_DELIMITERS
                && all.chars().distinct().count() == all.length()
                && all.chars().allMatch(c -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c));
    }

    private static void checkSegment(String segment, String separator) throws Malformed {
        var name = segment.split(Pattern.quote(separator), 2)[0];
        if (!NAME.matcher(name).matches()) {
            throw new Malformed("must hold nothing but segments, each with a name of three letters or digits");
        }
        if (OF_A_BATCH.matcher(name).matches()) {
            throw new Malformed("must be a single one, neither several nor a batch");
        }
    }

    /** A field of the first segment of a name; empty where there is none, or nothing in it. */
    public Optional<String> field(String segment, int number) {
        return segments.stream()
                .map(text -> text.split(Pattern.quote(separator), -1))
                .filter(fields -> fields[0].equals(segment))
                .findFirst()
                .flatMap(fields -> at(fields, segment.equals(HEADER) ? number - 1 : number));
    }

    /** A component of a field, the first being 1. */
    public Optional<String> component(String segment, int field, int number) {
        return field(segment, field).flatMap(text -> at(text.split(Pattern.quote(component), -1), number - 1));
    }

    private static Optional<String> at(String[] parts, int place) {
        return place < parts.length && !parts[place].isBlank() ? Optional.of(parts[place]) : Optional.empty();
    }

    /** The characters that have a meaning of their own in this message. */
    String delimiters() {
        return separator + segments.getFirst().substring(HEADER.length() + 1).split(Pattern.quote(separator), 2)[0];
    }

    /** The same message with another field in its MSH, from MSH-3 on. */
    Er7 withHeader(int number, String value) {
        var fields = new ArrayList<>(List.of(segments.getFirst().split(Pattern.quote(separator), -1)));
        while (fields.size() < number) {
            fields.add("");
        }
        fields.set(number - 1, value);
        return new Er7(
                Stream.concat(
                                Stream.of(String.join(separator, fields)),
                                segments.stream().skip(1))
                        .toList(),
                separator,
                component);
    }

    /** The message as it goes on the wire, its segments parted by carriage returns (HL7 v2.5.1, 2.6). */
    public String text() {
        return String.join("\r", segments);
    }
}

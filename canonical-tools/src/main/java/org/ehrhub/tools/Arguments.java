package org.ehrhub.tools;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that several input records share. */
public final class Arguments {
    /** Most rows a caller may ask of each EHR. */
    public static final int MAX_LIMIT = 100;

    private static final int FARTHEST_OFFSET = 14 * 3600;

    private Arguments() {}

    /**
     * Refuses a text that is empty, blank or too long, or holds a control character: a line break inside a name would begin
     * a new segment of an HL7 v2 message. Half a character would reach the EHR as another one.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void text(@Nullable String value, String argument, int maxLength) {
        if (value != null && (value.isBlank() || value.length() > maxLength)) {
            throw new InvalidArgument(argument, "must hold 1 to " + maxLength + " characters");
        }
        if (value != null && value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidArgument(argument, "must be one line without control characters");
        }
        wholeCharacters(value, argument);
    }

    /**
     * Refuses what is not a calendar date, in the years that FHIR and HL7 v2 can write.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void date(@Nullable String value, String argument) {
        try {
            if (value != null && !isWritable(LocalDate.parse(value).getYear())) {
                throw new InvalidArgument(argument, "must be a date between the years 1 and 9999");
            }
        } catch (DateTimeException e) {
            throw new InvalidArgument(argument, "must be a date that exists, as YYYY-MM-DD");
        }
    }

    /**
     * Refuses a time of a year or of an offset that FHIR cannot write (R4, 2.24.0.1); none is fine.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void time(@Nullable OffsetDateTime value, String argument) {
        if (value != null
                && (!isWritable(value.getYear()) || Math.abs(value.getOffset().getTotalSeconds()) > FARTHEST_OFFSET)) {
            throw new InvalidArgument(argument, "must lie between the years 1 and 9999, with an offset up to 14:00");
        }
    }

    private static boolean isWritable(int year) {
        return year >= 1 && year <= 9999;
    }

    private static void wholeCharacters(@Nullable String value, String argument) {
        if (value != null && value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidArgument(argument, "must hold whole characters of Unicode");
        }
    }

    /**
     * Refuses an end that is not after its start, and times that {@link #time} refuses.
     *
     * @throws InvalidArgument naming {@code from} or {@code to}
     */
    public static void span(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
        time(from, "from");
        time(to, "to");
        if (from != null && to != null && !to.isAfter(from)) {
            throw new InvalidArgument("to", "must be later than `from`");
        }
    }

    /**
     * Refuses a number out of range; none is fine.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void between(@Nullable Integer value, String argument, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new InvalidArgument(argument, "must be between " + least + " and " + most);
        }
    }

    /**
     * Refuses a list that is too short or too long; none is fine.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void count(@Nullable List<?> values, String argument, int least, int most) {
        if (values != null && (values.size() < least || values.size() > most)) {
            throw new InvalidArgument(argument, "must hold " + least + " to " + most + " of them");
        }
    }

    /**
     * Refuses a number of rows out of range.
     *
     * @throws InvalidArgument naming {@code limit}
     */
    public static void limit(@Nullable Integer limit) {
        between(limit, "limit", 1, MAX_LIMIT);
    }

    /**
     * Refuses a text that is empty or too long, or holds a control character that is no line break or tab.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void paragraphs(@Nullable String value, String argument, int maxLength) {
        if (value != null && (value.isBlank() || value.length() > maxLength)) {
            throw new InvalidArgument(argument, "must hold 1 to " + maxLength + " characters");
        }
        if (value != null && value.chars().anyMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0)) {
            throw new InvalidArgument(argument, "must hold no control characters but line breaks and tabs");
        }
        wholeCharacters(value, argument);
    }

    /**
     * Refuses a reference of another type; none is fine.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void reference(@Nullable Reference value, String type, String argument) {
        if (value != null) {
            value.of(type, argument);
        }
    }

    /**
     * Refuses what is no code: {@code code} or {@code system|code}.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void code(@Nullable String value, String argument) {
        text(value, argument, 200);
        if (value != null) {
            CodeToken.parse(value, argument);
        }
    }

    /**
     * Refuses what is not one of a closed list, as the schema does.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void oneOf(@Nullable String value, String argument, String... allowed) {
        if (value != null && !List.of(allowed).contains(value)) {
            throw new InvalidArgument(argument, "must be one of " + String.join(", ", allowed));
        }
    }

    /**
     * Refuses a key or an approval that cannot be one.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void keys(@Nullable String idempotencyKey, @Nullable String approvalId) {
        text(idempotencyKey, "idempotencyKey", 128);
        text(approvalId, "approvalId", 128);
    }

    /**
     * Refuses a span or a number of rows that no list takes.
     *
     * @throws InvalidArgument naming {@code from}, {@code to} or {@code limit}
     */
    public static void list(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to, @Nullable Integer limit) {
        span(from, to);
        limit(limit);
    }

    /**
     * Refuses what cannot be an EHR's name.
     *
     * @throws InvalidArgument naming {@code ehr}
     */
    public static void ehr(@Nullable String ehr) {
        if (ehr != null && !Reference.isEhrName(ehr)) {
            throw new InvalidArgument("ehr", "must be the name of an EHR as ehr.list gives it");
        }
    }
}

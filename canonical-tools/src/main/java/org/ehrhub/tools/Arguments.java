package org.ehrhub.tools;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The checks that several input records share. */
public final class Arguments {
    /** Most rows a caller may ask of each EHR. */
    public static final int MAX_LIMIT = 100;

    private Arguments() {}

    /**
     * Refuses a text that is empty, blank or too long, or holds a control character: a line break inside a name would begin
     * a new segment of an HL7 v2 message.
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
    }

    /**
     * Refuses what is not a calendar date.
     *
     * @throws InvalidArgument naming the argument
     */
    public static void date(@Nullable String value, String argument) {
        try {
            if (value != null) {
                LocalDate.parse(value);
            }
        } catch (DateTimeException e) {
            throw new InvalidArgument(argument, "must be a date that exists, as YYYY-MM-DD");
        }
    }

    /**
     * Refuses an end that is not after its start.
     *
     * @throws InvalidArgument naming {@code to}
     */
    public static void span(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
        if (from != null && to != null && !to.isAfter(from)) {
            throw new InvalidArgument("to", "must be later than `from`");
        }
    }

    /**
     * Refuses a number of rows out of range.
     *
     * @throws InvalidArgument naming {@code limit}
     */
    public static void limit(@Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
            throw new InvalidArgument("limit", "must be between 1 and " + MAX_LIMIT);
        }
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

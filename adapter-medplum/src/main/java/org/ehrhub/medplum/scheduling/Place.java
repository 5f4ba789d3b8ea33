package org.ehrhub.medplum.scheduling;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list of free times, which goes diary by diary.
 *
 * @param diary the name of a diary
 * @param rest where in it; empty at its begin
 */
record Place(String diary, String rest) {
    private static final String ID = "[A-Za-z0-9.-]{1,64}";
    private static final Pattern TEXT = Pattern.compile("(find:" + ID + ":" + ID + "|slots:" + ID + ")@(\\S*)");

    /**
     * A place out of a cursor.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is none
     */
    static Place parse(String cursor) {
        var found = TEXT.matcher(cursor);
        if (!found.matches()) {
            throw strange();
        }
        return new Place(found.group(1), found.group(2));
    }

    /** The rest as a time. */
    Instant time(Instant begin) {
        try {
            return rest.isEmpty() ? begin : Instant.parse(rest);
        } catch (DateTimeException e) {
            throw strange();
        }
    }

    /** The rest as a cursor of stored Slots. */
    @Nullable
    String cursor() {
        return rest.isEmpty() ? null : rest;
    }

    String text() {
        return diary + "@" + rest;
    }

    private static EhrFailure strange() {
        return new EhrFailure(
                ErrorCode.INVALID_INPUT,
                "`cursor` is not one that this EHR's list gave.",
                "Pass the cursor of the answer before, or none to start again.");
    }
}

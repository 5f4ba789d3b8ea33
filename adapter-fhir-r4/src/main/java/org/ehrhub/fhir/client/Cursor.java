package org.ehrhub.fhir.client;

import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/**
 * Where a list goes on: a place under the base URL and how many rows of it were dealt with.
 *
 * @param place what follows the base URL, with the slash or question mark it starts with
 */
record Cursor(int done, String place) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}):([/?].*)");

    static Cursor parse(String text) {
        var found = TEXT.matcher(text);
        if (!found.matches() || !NextLink.isSafe(found.group(2))) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`cursor` is not one that this EHR's list gave.",
                    "Pass the cursor of the answer before, or none to start again.");
        }
        return new Cursor(Integer.parseInt(found.group(1)), found.group(2));
    }

    String text() {
        return done + ":" + place;
    }
}

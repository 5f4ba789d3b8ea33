package org.ehrhub.fhir.client;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/**
 * Where a list goes on: a place under the base URL and how many rows of it were dealt with. It also holds what tells that
 * the places lead in a circle, however long: one earlier place, moved up at each power of two (Brent's algorithm).
 *
 * @param done rows of the place that were dealt with
 * @param own whether the place is the hub's own search rather than a link that the server gave
 * @param place what follows the base URL, with the slash or question mark it starts with
 * @param pages how many pages came before
 * @param mark an earlier place, as a number
 */
record Cursor(int done, boolean own, String place, int pages, String mark) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([:=])(\\d{1,6}):([0-9a-f]{1,8}):([/?].*)");

    /** Where a list begins. */
    static Cursor first(SearchUrl search) {
        var place = "/" + search.text();
        return new Cursor(0, true, place, 0, number(place));
    }

    static Cursor parse(String text) {
        var found = TEXT.matcher(text);
        if (!found.matches() || !NextLink.isSafe(found.group(5))) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`cursor` is not one that this EHR's list gave.",
                    "Pass the cursor of the answer before, or none to start again.");
        }
        return new Cursor(
                Integer.parseInt(found.group(1)),
                found.group(2).equals("="),
                found.group(5),
                Integer.parseInt(found.group(3)),
                found.group(4));
    }

    boolean isStart() {
        return own && done == 0;
    }

    /** The same place after so many rows. */
    Cursor after(int rows) {
        return new Cursor(rows, own, place, pages, mark);
    }

    /** The next place; empty when the list has been there. */
    Optional<Cursor> following(String next) {
        var number = number(next);
        if (number.equals(mark) || next.equals(place)) {
            return Optional.empty();
        }
        int now = pages + 1;
        return Optional.of(new Cursor(0, false, next, now, Integer.bitCount(now) == 1 ? number : mark));
    }

    String text() {
        return done + (own ? "=" : ":") + pages + ":" + mark + ":" + place;
    }

    private static String number(String place) {
        return Integer.toHexString(place.hashCode());
    }
}

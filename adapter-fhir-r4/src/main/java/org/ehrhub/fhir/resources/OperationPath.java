package org.ehrhub.fhir.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.SearchUrl;
import org.jspecify.annotations.Nullable;

/**
 * An operation as a caller asks for it in a query, taken apart to the last character.
 *
 * @param type the type that it is run on
 * @param id the record that it is run on; none for the type
 * @param url what to send, built of what is understood here
 */
record OperationPath(String type, @Nullable String id, SearchUrl url) {
    private static final Pattern PLACE = Pattern.compile(
            "([A-Z][A-Za-z]{0,63})/(?:((?!\\.{1,2}/)[A-Za-z0-9.-]{1,64})/)?\\$([a-z][A-Za-z0-9-]{0,63})");
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9-]{0,63}|_type|_since|_count");
    private static final String TYPE = "_type";
    private static final int MOST_PARAMETERS = 30;

    /** What makes a server store the answer of an operation that otherwise reads (FHIR R4, Composition/$document). */
    private static final Set<String> STORING = Set.of("persist");

    /** Whether a path has the form of an operation; anything else is no concern of this class. */
    static boolean isOne(String path) {
        return place(path).matches();
    }

    /**
     * Reads {@code Type/$name} or {@code Type/id/$name}, with parameters or without.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when settings do not say of the operation that it reads, or when a parameter
     *     is not one that is taken
     */
    static OperationPath parse(String path, AllowedOperations allowed, OwnReferences own) {
        var place = place(path);
        if (!place.matches()
                || path.contains("#")
                || allowed.read(place.group(1), place.group(3)).isEmpty()) {
            throw Refused.path(
                    "asks for an operation that is not known to be a read here.",
                    "Operations that this EHR lets you read with: " + allowed.words(true) + "; to run: "
                            + allowed.words(false) + " (fhir.operation).");
        }
        var type = place.group(1);
        var id = place.group(2);
        var url = SearchUrl.ofOperation(id == null ? type : type + "/" + id, place.group(3));
        var halves = path.split("\\?", 2);
        if (halves.length == 2) {
            add(halves[1], url, own);
        }
        return new OperationPath(type, id, url);
    }

    private static Matcher place(String path) {
        return PLACE.matcher(path.split("\\?", 2)[0]);
    }

    private static void add(String query, SearchUrl url, OwnReferences own) {
        var pairs = query.split("&", -1);
        if (pairs.length > MOST_PARAMETERS) {
            throw Refused.path("has too many parameters.", "Give at most " + MOST_PARAMETERS + ".");
        }
        var types = new ArrayList<String>();
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            var name = pair.substring(0, Math.max(equals, 0));
            if (!NAME.matcher(name).matches() || STORING.contains(name)) {
                throw Refused.path(
                        "holds a parameter that is not taken of an operation.",
                        "Use the operation's own parameters as name=value, and _type, _since and _count.");
            }
            var value = own.inParameter(value(pair.substring(equals + 1)));
            if (name.equals(TYPE)) {
                types.addAll(List.of(value.split(",", -1)));
            } else {
                url.written(name, value);
            }
        }
        // One type is named twice, which says the same: there are servers that fail where it stands alone.
        (types.size() == 1 ? List.of(types.getFirst(), types.getFirst()) : types)
                .forEach(type -> url.written(TYPE, type));
    }

    /** A value of visible characters. */
    static String value(String written) {
        return PercentText.decoded(written)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refused.path(
                        "holds a value that this parameter does not take.",
                        "Write values in visible characters, with percent-encoding where needed."));
    }
}

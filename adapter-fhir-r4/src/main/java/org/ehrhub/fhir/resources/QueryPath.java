package org.ehrhub.fhir.resources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of a FHIR server, taken apart to the last character; nothing of it reaches an address but what is
 * understood here.
 *
 * @param type the resource type, one that is allowed
 * @param id for a read; none for a search
 * @param filters of a search
 * @param sort of a search, as FHIR writes it
 * @param count rows of a search
 */
record QueryPath(
        String type,
        @Nullable String id,
        List<Filter> filters,
        @Nullable String sort,
        @Nullable Integer count) {
    private static final Pattern PLACE =
            Pattern.compile("([A-Z][A-Za-z]{0,63})(?:/((?!\\.{1,2}$)[A-Za-z0-9.-]{1,64}))?");
    private static final Pattern SORT = Pattern.compile("-?[A-Za-z_-]+(,-?[A-Za-z_-]+){0,4}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,2}");
    private static final int MOST_FILTERS = 30;

    /**
     * Reads {@code Type}, {@code Type/id} or {@code Type?name=value&name=value}.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is anything else, {@code DENIED} when the type is not allowed
     */
    static QueryPath parse(String path, QueryTypes types, OwnReferences own) {
        var halves = path.split("\\?", 2);
        var place = PLACE.matcher(halves[0]);
        if (!place.matches() || path.contains("#")) {
            throw Refused.path();
        }
        var type = types.checked(place.group(1), "path");
        var id = place.group(2);
        if (halves.length == 1) {
            return new QueryPath(type, id, List.of(), null, null);
        }
        if (id != null) {
            throw Refused.path("has parameters after an id.", "Read Type/id without any, or search by _id.");
        }
        return search(type, halves[1], new FilterReader(type, own));
    }

    /** The search to send. */
    SearchUrl url(int rows) {
        var url = SearchUrl.of(type);
        filters.forEach(filter -> filter.addTo(url));
        if (sort != null) {
            url.written("_sort", sort);
        }
        return url.written("_count", Integer.toString(rows));
    }

    private static QueryPath search(String type, String query, FilterReader reader) {
        var filters = new ArrayList<Filter>();
        var control = new HashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || filters.size() == MOST_FILTERS) {
                throw Refused.path();
            }
            var name = pair.substring(0, equals);
            var value = pair.substring(equals + 1);
            if (!name.equals("_sort") && !name.equals("_count")) {
                filters.add(reader.read(name, value));
            } else if (control.put(name, value) != null) {
                throw Refused.path("holds _sort or _count twice.", "Give each once.");
            }
        }
        return new QueryPath(type, null, List.copyOf(filters), sort(control, reader), count(control));
    }

    private static @Nullable String sort(Map<String, String> control, FilterReader reader) {
        var written = control.get("_sort");
        if (written != null
                && !(SORT.matcher(written).matches()
                        && Stream.of(written.split(",", -1))
                                .allMatch(each -> reader.knows(each.replaceFirst("^-", ""))))) {
            throw Refused.path(
                    "sorts by something that FHIR R4 does not define for this type.",
                    "Sort by search parameters of the type, such as _sort=-date.");
        }
        return written;
    }

    private static @Nullable Integer count(Map<String, String> control) {
        var written = control.get("_count");
        if (written == null) {
            return null;
        }
        if (!COUNT.matcher(written).matches() || Integer.parseInt(written) > Arguments.MAX_LIMIT) {
            throw Refused.path("has a _count that is not from 1 to 100.", "Leave it out, or pass `limit`.");
        }
        return Integer.valueOf(written);
    }

    /** How many rows to give, by the query itself or by the caller's limit. */
    int rows(@Nullable Integer limit, int usual) {
        if (limit != null && count != null && !Objects.equals(limit, count)) {
            throw Refused.path("has a _count that is not `limit`.", "Give one of the two.");
        }
        return limit != null ? limit : count != null ? count : usual;
    }
}

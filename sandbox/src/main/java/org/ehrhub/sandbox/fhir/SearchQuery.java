package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.sandbox.fhir.SearchParameters.Parameter;

/**
 * A search as asked for, every part of it understood; anything else was refused with 400.
 *
 * @param count  how many results a page holds after the site's limit
 * @param offset how many results earlier pages held
 */
record SearchQuery(
        String type, List<SearchFilter> filters, List<SortKey> sort, List<Inclusion> includes, int count, int offset) {

    /** The same search as a server answers it that does not filter. */
    SearchQuery unfiltered() {
        return new SearchQuery(type, List.of(), sort, includes, count, offset);
    }

    /** One key of {@code _sort}. */
    record SortKey(Parameter parameter, boolean descending) {}

    /** One {@code _include} or {@code _revinclude}: {@code Type:parameter} or {@code Type:parameter:Target}. */
    record Inclusion(String type, Parameter parameter, String target, boolean reverse) {}

    /** Reads the parameters of a request to one site. */
    static final class Reader {
        private static final Set<String> LEFT_TO_HAPI = Set.of("_format", "_pretty", "_summary", "_elements", "_total");

        private final ResourceStore store;
        private final Habits habits;
        private final String type;
        private final List<SearchFilter> filters = new ArrayList<>();
        private final List<SortKey> sort = new ArrayList<>();
        private final List<Inclusion> includes = new ArrayList<>();
        private int count;
        private int offset;

        Reader(ResourceStore store, Habits habits, String type) {
            this.store = store;
            this.habits = habits;
            this.type = type;
            this.count = habits.defaultPage();
        }

        SearchQuery read(Map<String, String[]> asked) {
            asked.forEach((name, values) -> List.of(values).forEach(value -> read(name, value)));
            return new SearchQuery(type, List.copyOf(filters), List.copyOf(sort), List.copyOf(includes), count, offset);
        }

        private void read(String name, String value) {
            switch (name) {
                case "_count" -> count = Math.min(number(name, value), habits.largestPage());
                case "_offset" -> offset = number(name, value);
                case "_sort" -> List.of(value.split(",", -1)).forEach(this::sortKey);
                case "_include" -> includes.add(inclusion(name, value, false));
                case "_revinclude" -> includes.add(inclusion(name, value, true));
                default -> {
                    if (!LEFT_TO_HAPI.contains(name)) {
                        filters.add(filter(name, value));
                    }
                }
            }
        }

        private SearchFilter filter(String name, String value) {
            String[] parts = name.split(":", 2);
            return SearchFilter.of(parameter(type, parts[0]), parts.length > 1 ? parts[1] : "", value, habits.zone());
        }

        private void sortKey(String key) {
            boolean descending = key.startsWith("-");
            sort.add(new SortKey(parameter(type, descending ? key.substring(1) : key), descending));
        }

        private Inclusion inclusion(String name, String value, boolean reverse) {
            String[] parts = value.split(":", -1);
            if (parts.length < 2 || (!reverse && !parts[0].equals(type))) {
                throw new InvalidRequestException(name + " must be Type:parameter");
            }
            Parameter parameter = parameter(parts[0], parts[1]);
            return new Inclusion(parts[0], parameter, parts.length > 2 ? parts[2] : "", reverse);
        }

        private Parameter parameter(String ofType, String name) {
            return store.shelf(ofType)
                    .parameters()
                    .named(name)
                    .orElseThrow(() -> new InvalidRequestException(
                            "Unknown search parameter for " + ofType + ": see /metadata for those supported"));
        }

        private static int number(String name, String value) {
            if (!value.matches("\\d{1,8}")) {
                throw new InvalidRequestException(name + " must be a whole number");
            }
            return Integer.parseInt(value);
        }
    }
}

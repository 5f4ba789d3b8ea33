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
 * @param used   the parameters the server takes account of, for the self and next links
 * @param count  how many results a page holds after the site's limit
 * @param offset how many results earlier pages held
 */
record SearchQuery(
        String type,
        List<SearchFilter> filters,
        List<SortKey> sort,
        List<Inclusion> includes,
        List<Map.Entry<String, String>> used,
        int count,
        int offset,
        boolean countOnly) {

    /** One key of {@code _sort}. */
    record SortKey(Parameter parameter, boolean descending) {}

    /** One {@code _include} or {@code _revinclude}: {@code Type:parameter} or {@code Type:parameter:Target}. */
    record Inclusion(String type, Parameter parameter, String target, boolean reverse) {}

    /** Reads the parameters of a request to one site. */
    static final class Reader {
        private static final Set<String> TAKEN_ANYWAY = Set.of("_format", "_pretty", "_total");

        private final ResourceStore store;
        private final Habits habits;
        private final String type;
        private final List<SearchFilter> filters = new ArrayList<>();
        private final List<SortKey> sort = new ArrayList<>();
        private final List<Inclusion> includes = new ArrayList<>();
        private final List<Map.Entry<String, String>> used = new ArrayList<>();
        private int count;
        private int offset;
        private boolean countOnly;

        Reader(ResourceStore store, Habits habits, String type) {
            this.store = store;
            this.habits = habits;
            this.type = type;
            this.count = habits.defaultPage();
        }

        SearchQuery read(Map<String, List<String>> asked) {
            asked.forEach((name, values) -> values.forEach(value -> read(name, value)));
            return new SearchQuery(
                    type,
                    List.copyOf(filters),
                    List.copyOf(sort),
                    List.copyOf(includes),
                    List.copyOf(used),
                    count,
                    offset,
                    countOnly || count == 0);
        }

        private void read(String name, String value) {
            switch (name) {
                case "_count" -> count = Math.min(number(name, value), habits.largestPage());
                case "_offset" -> offset = number(name, value);
                case "_summary" -> summary(value);
                case "_sort" -> List.of(value.split(",", -1)).forEach(this::sortKey);
                case "_include" -> includes.add(inclusion(name, value, false));
                case "_revinclude" -> includes.add(inclusion(name, value, true));
                default -> {
                    if (TAKEN_ANYWAY.contains(name) || !filter(name, value)) {
                        return;
                    }
                }
            }
            if (!name.equals("_offset")) {
                used.add(Map.entry(name, value));
            }
        }

        private boolean filter(String name, String value) {
            String[] parts = name.split(":", 2);
            if (habits.ignores(type, parts[0])) {
                return false;
            }
            Parameter parameter = parameter(type, parts[0]);
            filters.add(SearchFilter.of(parameter, parts.length > 1 ? parts[1] : "", value, habits.zone()));
            return true;
        }

        private void summary(String value) {
            if (!value.equals("count") && !value.equals("false")) {
                throw new InvalidRequestException("_summary may be count or false here");
            }
            countOnly = value.equals("count");
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

package org.ehrhub.medplum.stub;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A search as Medplum understands it.
 *
 * @param filters the parameters that narrow, with their modifiers
 * @param control includes and sort, as they came
 * @param fields  the elements wanted; all where it is empty
 */
record SearchAsked(
        Map<String, List<String>> filters,
        Map<String, List<String>> control,
        List<String> fields,
        boolean subsetted,
        boolean total,
        String totalWord,
        int count,
        int offset) {
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 1000;
    private static final int LAST_OFFSET = 10_000;
    private static final Set<String> CONTROL = Set.of("_sort", "_include", "_revinclude", "_include:iterate");
    private static final Set<String> OTHERS =
            Set.of("_count", "_offset", "_total", "_summary", "_elements", "_fields", "_format", "_pretty", "_type");

    static SearchAsked of(Map<String, List<String>> asked) {
        var summary = first(asked, "_summary");
        var offset = number(first(asked, "_offset"), 0);
        if (offset > LAST_OFFSET) {
            throw Refused.bad("Search offset exceeds maximum (got %d, max %d)".formatted(offset, LAST_OFFSET));
        }
        var filters = new LinkedHashMap<>(asked);
        filters.keySet().removeIf(name -> CONTROL.contains(name) || OTHERS.contains(name));
        var control = new LinkedHashMap<>(asked);
        control.keySet().retainAll(CONTROL);
        var totalWord = summary.equals("count") ? "accurate" : first(asked, "_total");
        return new SearchAsked(
                filters,
                control,
                fields(asked, summary),
                asked.containsKey("_elements")
                        || asked.containsKey("_fields")
                        || Set.of("true", "text").contains(summary),
                Set.of("accurate", "estimate").contains(totalWord),
                totalWord,
                summary.equals("count") ? 0 : Math.min(number(first(asked, "_count"), PAGE), LARGEST_PAGE),
                offset);
    }

    private static List<String> fields(Map<String, List<String>> asked, String summary) {
        var named = first(asked, "_elements") + first(asked, "_fields");
        if (!named.isEmpty()) {
            return List.of(named.split(",", -1));
        }
        return summary.equals("text") ? List.of("text") : List.of();
    }

    private static String first(Map<String, List<String>> asked, String name) {
        return asked.getOrDefault(name, List.of("")).getFirst();
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) : otherwise;
    }

    /** The query of a link to a page of this search: the names in order, Medplum's own {@code _fields} for the elements. */
    String link(int from) {
        var parts = new TreeMap<String, List<String>>();
        parts.put("_count", List.of(Integer.toString(count)));
        if (from > 0) {
            parts.put("_offset", List.of(Integer.toString(from)));
        }
        if (!fields.isEmpty() && !fields.equals(List.of("text"))) {
            parts.put("_fields", List.of(String.join(",", fields)));
        }
        if (total) {
            parts.put("_total", List.of(totalWord));
        }
        parts.putAll(control);
        filters.forEach((name, values) ->
                parts.put(name, values.stream().map(SearchAsked::encoded).toList()));
        var pairs = new ArrayList<String>();
        parts.forEach((name, values) -> values.forEach(value -> pairs.add(name + "=" + value)));
        return String.join("&", pairs);
    }

    /** The filters as a query of their own. */
    String filterQuery() {
        return filters.entrySet().stream()
                .flatMap(filter -> filter.getValue().stream().map(value -> filter.getKey() + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

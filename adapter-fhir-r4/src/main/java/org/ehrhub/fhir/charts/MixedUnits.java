package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.ehrhub.tools.charts.Observation;
import org.jspecify.annotations.Nullable;

/** Warns of numbers that must not be compared as they stand: one code, several units. */
final class MixedUnits {
    /** What can be a code or a unit and not a sentence; anything else is not repeated in a warning. */
    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9%/.*^'\\[\\]{}()#:|+_-]{1,80}");

    private MixedUnits() {}

    static List<String> in(List<Observation> rows) {
        Map<String, Set<String>> units = new TreeMap<>();
        for (var row : rows) {
            if (row.value() != null) {
                add(units, row.code(), row.unit());
            }
            row.components().stream()
                    .filter(part -> part.value() != null)
                    .forEach(part -> add(units, part.code(), part.unit()));
        }
        return units.entrySet().stream()
                .filter(one -> one.getValue().size() > 1)
                .map(one -> "units differ for " + shown(one.getKey(), "one code") + ": "
                        + String.join(", ", one.getValue()))
                .toList();
    }

    private static void add(Map<String, Set<String>> units, @Nullable String code, @Nullable String unit) {
        if (code != null) {
            units.computeIfAbsent(code, none -> new TreeSet<>()).add(unit == null ? "no unit" : shown(unit, "another"));
        }
    }

    private static String shown(String text, String otherwise) {
        return SHORT.matcher(text).matches() ? text : otherwise;
    }
}

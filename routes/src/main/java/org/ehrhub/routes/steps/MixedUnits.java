package org.ehrhub.routes.steps;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.charts.PatientSummary;
import org.jspecify.annotations.Nullable;

/**
 * Warns of numbers that must not be compared as they stand: one code, several units. Of the rows that are shown alone, because the
 * code of one that is withheld would tell what it is.
 */
final class MixedUnits {
    /** What can be a code or a unit and not a sentence; anything else is not repeated in a warning. */
    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9%/.*^'\\[\\]{}()#:|+_-]{1,80}");

    private MixedUnits() {}

    /** The same answer with what is to be said of the numbers in a summary. */
    static ToolResult<?> noted(ToolResult<?> result) {
        if (!(result instanceof ToolResult.Ok<?> ok) || !(ok.value() instanceof PatientSummary chart)) {
            return result;
        }
        var warnings = Stream.concat(
                ok.warnings().stream(), Stream.of(chart.labs(), chart.vitals()).flatMap(MixedUnits::warnings));
        return new ToolResult.Ok<>(chart, ok.from(), warnings.toList());
    }

    static Stream<String> warnings(List<? extends Record> rows) {
        Map<String, Set<String>> units = new TreeMap<>();
        rows.stream()
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .forEach(row -> add(units, row));
        return units.entrySet().stream()
                .filter(one -> one.getValue().size() > 1)
                .map(one -> "units differ for " + shown(one.getKey(), "one code") + ": "
                        + String.join(", ", one.getValue()));
    }

    private static void add(Map<String, Set<String>> units, Observation row) {
        if (row.value() != null) {
            add(units, row.code(), row.unit());
        }
        row.components().stream()
                .filter(part -> part.value() != null)
                .forEach(part -> add(units, part.code(), part.unit()));
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

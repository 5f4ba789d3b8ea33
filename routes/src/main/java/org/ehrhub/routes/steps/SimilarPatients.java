package org.ehrhub.routes.steps;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.tools.patients.PatientMatch;
import org.jspecify.annotations.Nullable;

/** Says when a search has found people who are easily taken for each other. */
final class SimilarPatients {
    private static final Map<String, Function<PatientMatch, @Nullable String>> FIELDS = Map.of(
            "birthDate", PatientMatch::birthDate,
            "mrn", PatientMatch::mrn,
            "city", PatientMatch::city,
            "phone", PatientMatch::phone);

    private SimilarPatients() {}

    static Stream<String> warnings(List<? extends Record> rows) {
        var people = rows.stream()
                .filter(PatientMatch.class::isInstance)
                .map(PatientMatch.class::cast)
                .toList();
        if (people.size() < 2) {
            return Stream.empty();
        }
        var alike = people.stream()
                .filter(person -> person.name() != null && person.birthDate() != null)
                .collect(Collectors.groupingBy(
                        person -> Objects.toString(person.name()).toLowerCase(Locale.ROOT) + "|" + person.birthDate(),
                        Collectors.counting()))
                .values()
                .stream()
                .filter(count -> count > 1)
                .mapToLong(Long::longValue)
                .sum();
        return Stream.of(
                alike == 0
                        ? people.size()
                                + " records match, which is ambiguous: do not pick one without telling them apart"
                                + (areNamesakes(people) ? by(people) : "") + "."
                        : people.size() + " records match, " + alike
                                + " with name and birth date in common: do not pick one."
                                + " Compare mrn, city and phone, or ask.");
    }

    /** The fields of which each of them has another value. */
    private static String by(List<PatientMatch> people) {
        var fields = FIELDS.entrySet().stream()
                .filter(field -> people.stream()
                                .map(field.getValue())
                                .filter(Objects::nonNull)
                                .distinct()
                                .count()
                        == people.size())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? "" : " by " + fields;
    }

    /** Whether two of them are called the same. */
    private static boolean areNamesakes(List<PatientMatch> people) {
        var names = people.stream()
                .map(person -> Objects.toString(person.name(), "").toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
        return names.stream().distinct().count() < names.size();
    }
}

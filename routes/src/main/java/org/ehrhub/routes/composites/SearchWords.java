package org.ehrhub.routes.composites;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.documents.DocumentSearch;
import org.ehrhub.tools.patients.PatientSearch;
import org.jspecify.annotations.Nullable;

/** The words of a {@code search}, understood: whose documents, or which patient. */
record SearchWords(
        @Nullable Reference patient,
        @Nullable String family,
        @Nullable String given,
        @Nullable String birthDate,
        @Nullable String identifier) {
    private static final Pattern DATE = Pattern.compile("\\b(\\d{4}-\\d{2}-\\d{2})\\b");
    private static final Pattern REFERENCE = Pattern.compile("[a-z][a-z0-9-]{0,31}/[A-Z][A-Za-z]+/\\S+");

    static SearchWords of(String query) {
        var text = query.strip();
        if (REFERENCE.matcher(text).matches()) {
            var reference = Reference.parse(text).of("Patient", "query");
            return new SearchWords(reference, null, null, null, null);
        }
        var date = DATE.matcher(text);
        var born = date.find() ? date.group(1) : null;
        var rest = born == null ? text : text.replace(born, " ").strip();
        if (rest.isEmpty()) {
            throw new InvalidArgument("query", "must hold a name or an identifier, not a date alone");
        }
        return rest.chars().anyMatch(Character::isDigit)
                ? new SearchWords(null, null, null, born, rest)
                : named(rest, born);
    }

    /** {@code Family, Given}; or {@code Given Family}; or a family name alone. */
    private static SearchWords named(String name, @Nullable String born) {
        int comma = name.indexOf(',');
        if (comma > 0) {
            var given = name.substring(comma + 1).strip();
            return new SearchWords(null, name.substring(0, comma).strip(), given.isEmpty() ? null : given, born, null);
        }
        var words = new ArrayList<>(List.of(name.split("\\s+")));
        var family = words.removeLast();
        return new SearchWords(null, family, words.isEmpty() ? null : words.getFirst(), born, null);
    }

    Record input(String ehr, @Nullable String cursor, @Nullable Integer limit) {
        return patient == null
                ? new PatientSearch(ehr, family, given, birthDate, null, identifier, null, cursor, limit)
                : new DocumentSearch(patient, null, null, null, null, cursor, limit);
    }
}

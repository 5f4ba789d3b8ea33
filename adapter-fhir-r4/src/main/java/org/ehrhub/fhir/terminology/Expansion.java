package org.ehrhub.fhir.terminology;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.Page;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceDesignationComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expanded value set. Some services give the whole of it whatever part they are asked for, and some pay no heed to
 * the filter; what they say of themselves decides which.
 */
final class Expansion {
    private final ValueSetExpansionComponent source;
    private final @Nullable String filter;
    private final int from;
    private final int rows;

    Expansion(ValueSetExpansionComponent source, @Nullable String filter, int from, int rows) {
        this.source = source;
        this.filter = filter;
        this.from = from;
        this.rows = rows;
    }

    Page<Coded> page() {
        var given = new ArrayList<ValueSetExpansionContainsComponent>();
        source.getContains().forEach(each -> flatten(each, given));
        boolean whole = isWhole(given.size());
        int start = Math.min(from - (source.hasOffset() ? Math.min(source.getOffset(), from) : 0), given.size());
        var part = given.subList(start, Math.min(start + rows, given.size()));
        var fitting = part.stream().filter(this::fits).toList();
        int next = from + part.size();
        boolean more = whole ? next < given.size() : hasMore(given.size(), next);
        boolean leads = more && !part.isEmpty() && (whole || source.hasOffset());
        int others = part.size() - fitting.size();
        return new Page<>(
                fitting.stream().map(Expansion::coded).toList(),
                others > 0 ? null : total(whole, given.size()),
                leads ? Integer.toString(next) : null,
                warnings(others),
                (more && !leads) || isCutShort());
    }

    private boolean isCutShort() {
        return source.getExtension().stream()
                .anyMatch(one -> String.valueOf(one.getUrl()).endsWith("/valueset-toocostly"));
    }

    /** Abstract ones stand only for what is below them. */
    private static void flatten(
            ValueSetExpansionContainsComponent each, List<ValueSetExpansionContainsComponent> into) {
        if (each.hasCode() && !(each.hasAbstract() && each.getAbstract())) {
            into.add(each);
        }
        each.getContains().forEach(below -> flatten(below, into));
    }

    private boolean isWhole(int given) {
        return !source.hasOffset() && (given > rows || (source.hasTotal() && source.getTotal() == given));
    }

    private boolean hasMore(int given, int next) {
        return source.hasTotal() ? next < source.getTotal() : given >= rows;
    }

    private @Nullable Long total(boolean whole, int given) {
        return source.hasTotal() ? Long.valueOf(source.getTotal()) : whole ? Long.valueOf(given) : null;
    }

    /** Where the service says that it used the filter it knows more words than it shows; else the words must be seen. */
    private boolean fits(ValueSetExpansionContainsComponent each) {
        if (filter == null
                || source.getParameter().stream().anyMatch(parameter -> "filter".equals(parameter.getName()))) {
            return true;
        }
        var words = Stream.concat(
                        Stream.of(each.getDisplay(), each.getCode()),
                        each.getDesignation().stream().map(ConceptReferenceDesignationComponent::getValue))
                .filter(Objects::nonNull)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
        return Stream.of(filter.toLowerCase(Locale.ROOT).strip().split("\\s+", -1))
                .allMatch(wanted -> words.stream().anyMatch(text -> text.contains(wanted)));
    }

    private static Coded coded(ValueSetExpansionContainsComponent each) {
        return new Coded(new CodeToken(each.getSystem(), each.getCode()).toString(), each.getDisplay());
    }

    private static List<String> warnings(int others) {
        return others == 0
                ? List.of()
                : List.of(
                        others == 1
                                ? "1 row whose words do not hold `filter` was left out."
                                : others + " rows whose words do not hold `filter` were left out.");
    }
}

package org.ehrhub.fhir.resources;

import ca.uhn.fhir.model.api.annotation.SearchParamDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CodeToken;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** Reads {@code name=value} of a query on one type; what FHIR R4 does not define for the type is refused. */
final class FilterReader {
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]{0,63})(:[a-z]{1,20})?");
    private static final Pattern VALUE = Pattern.compile("(?:[^\\\\]|\\\\[\\\\,|$])++");
    private static final Map<String, Set<String>> MODIFIERS = Map.of(
            "string", Set.of("", ":exact", ":contains", ":missing"),
            "token", Set.of("", ":not", ":text", ":missing"));
    private static final Set<String> USUAL_MODIFIERS = Set.of("", ":missing");

    private final String type;
    private final OwnReferences own;

    FilterReader(String type, OwnReferences own) {
        this.type = type;
        this.own = own;
    }

    /** Whether the type can be filtered or sorted by a name. */
    boolean knows(String name) {
        return name.equals("_id")
                || name.equals("_lastUpdated")
                || SearchParams.named(type, name).filter(FilterReader::isTaken).isPresent();
    }

    /**
     * One filter.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is not taken
     */
    Filter read(String name, String written) {
        var parts = NAME.matcher(name);
        if (!parts.matches() || !knows(parts.group(1))) {
            throw Refused.path(
                    "holds a parameter that FHIR R4 does not define for this type, or that this tool does not take.",
                    "Use the type's own search parameters and _id, _lastUpdated, _sort and _count; no _include, no"
                            + " chains, no operations.");
        }
        var modifier = parts.group(2) == null ? "" : parts.group(2);
        return switch (parts.group(1)) {
            case "_id" -> filter("_id", "token", modifier, written, row -> List.of(new CodeType(row.getIdPart())));
            case "_lastUpdated" ->
                filter(
                        "_lastUpdated",
                        "date",
                        modifier,
                        written,
                        row -> List.of(row.getMeta().getLastUpdatedElement()));
            default ->
                SearchParams.named(type, parts.group(1))
                        .map(defined -> defined(defined, modifier, written))
                        .orElseThrow();
        };
    }

    private Filter defined(SearchParamDefinition defined, String modifier, String written) {
        var place =
                ParamPath.of(defined).map(path -> (Filter.Place) path::values).orElse(null);
        var filter = filter(defined.name(), defined.type(), modifier, written, place);
        if (!defined.type().equals("reference") || !modifier.isEmpty()) {
            return filter;
        }
        var targets = Stream.of(defined.target())
                .map(target -> ResourceType.fromCode(target.getSimpleName().replace("ListResource", "List"))
                        .name())
                .collect(Collectors.toSet());
        var values = filter.values().stream()
                .map(value -> own.inFilter(value, targets))
                .toList();
        return new Filter(filter.name(), filter.kind(), "", values, place);
    }

    private static Filter filter(
            String name, String kind, String modifier, String written, Filter.@Nullable Place place) {
        if (!MODIFIERS.getOrDefault(kind, USUAL_MODIFIERS).contains(modifier)) {
            throw Refused.path(
                    "holds a modifier that this parameter does not take.",
                    "Take :exact or :contains for text, :not or :text for codes, :missing for any, or none.");
        }
        if (written.contains("+") && !kind.equals("date")) {
            throw Refused.path(
                    "holds a plus sign that may mean two things.", "Write %20 for a space and %2B for a plus sign.");
        }
        var text = PercentText.decoded(written)
                .filter(value -> VALUE.matcher(value).matches())
                .orElseThrow(FilterReader::value);
        var values = Stream.of(text.split("(?<!\\\\),", -1))
                .map(value -> value(value, modifier.isEmpty() ? kind : modifier))
                .toList();
        return new Filter(name, kind, modifier, values, place);
    }

    private static String value(String value, String kind) {
        boolean taken = switch (kind) {
            case ":missing" -> value.equals("true") || value.equals("false");
            case "date" -> DateSpan.comparison(value).isPresent();
            default -> !value.isBlank();
        };
        if (!taken) {
            throw value();
        }
        return kind.equals("token") || kind.equals(":not") ? token(value) : value;
    }

    /** With the code system's URI where the hub's short name of it was written. */
    private static String token(String value) {
        int bar = value.indexOf('|');
        return bar < 0 ? value : CodeToken.uri(value.substring(0, bar)) + value.substring(bar);
    }

    /** Places need units that the hub does not check. */
    private static boolean isTaken(SearchParamDefinition parameter) {
        return !parameter.type().equals("special");
    }

    private static EhrFailure value() {
        return Refused.path(
                "holds a value that this parameter does not take.",
                "Write values as FHIR does: dates as YYYY-MM-DD, codes as system|code, with visible characters only.");
    }
}

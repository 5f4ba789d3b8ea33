package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.ehrhub.sandbox.fhir.Indexed.Target;
import org.ehrhub.sandbox.fhir.Indexed.Text;
import org.ehrhub.sandbox.fhir.Indexed.Time;
import org.ehrhub.sandbox.fhir.Indexed.Token;
import org.ehrhub.sandbox.fhir.SearchParameters.Parameter;

/** One search parameter with its value, as a test of what a resource holds (FHIR R4, 3.1.1.4 and 3.1.1.5). */
record SearchFilter(Parameter parameter, Predicate<List<Indexed>> test) {
    private static final Set<String> PREFIXES = Set.of("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb");

    /** Reads {@code name:modifier=value,value}; several values mean any of them. */
    static SearchFilter of(Parameter parameter, String modifier, String value, ZoneId zone) {
        List<String> values = Arrays.stream(value.split("(?<!\\\\),", -1))
                .map(one -> one.replace("\\,", ",").strip())
                .toList();
        if (values.stream().anyMatch(String::isEmpty)) {
            throw new InvalidRequestException("Search parameter " + parameter.name() + " needs a value");
        }
        if (modifier.equals("missing")) {
            boolean missing = Boolean.parseBoolean(value);
            return new SearchFilter(parameter, held -> held.isEmpty() == missing);
        }
        List<Predicate<List<Indexed>>> any =
                values.stream().map(one -> one(parameter, modifier, one, zone)).toList();
        Predicate<List<Indexed>> test = held -> any.stream().anyMatch(each -> each.test(held));
        return new SearchFilter(parameter, modifier.equals("not") ? test.negate() : test);
    }

    private static Predicate<List<Indexed>> one(Parameter parameter, String modifier, String value, ZoneId zone) {
        return switch (parameter.kind()) {
            case STRING -> text(parameter, modifier, value);
            case TOKEN -> token(parameter, modifier, value);
            case REFERENCE -> reference(parameter, modifier, value);
            case DATE -> date(parameter, modifier, value, zone);
            case URI -> {
                require(modifier.isEmpty(), parameter, modifier);
                yield any(held -> held instanceof Token uri && uri.code().equals(value));
            }
            case NUMBER, QUANTITY, COMPOSITE, HAS, SPECIAL ->
                throw new InvalidRequestException("Search parameter " + parameter.name() + " is not supported");
        };
    }

    private static Predicate<List<Indexed>> text(Parameter parameter, String modifier, String value) {
        String folded = Indexed.fold(value);
        return switch (modifier) {
            case "" -> any(held -> held instanceof Text text && text.folded().startsWith(folded));
            case "contains" ->
                any(held -> held instanceof Text text && text.folded().contains(folded));
            case "exact" -> any(held -> held instanceof Text text && text.raw().equals(value));
            default -> throw unsupported(parameter, modifier);
        };
    }

    private static Predicate<List<Indexed>> token(Parameter parameter, String modifier, String value) {
        require(modifier.isEmpty() || modifier.equals("not"), parameter, modifier);
        int bar = value.indexOf('|');
        if (bar < 0) {
            return any(held -> held instanceof Token token && token.code().equals(value));
        }
        String system = value.substring(0, bar);
        String code = value.substring(bar + 1);
        return any(held -> held instanceof Token token
                && (code.isEmpty() || token.code().equals(code))
                && system.equals(token.system() == null ? "" : token.system()));
    }

    /** A value is an id, Type/id or an absolute address of a resource here; a modifier names the type. */
    private static Predicate<List<Indexed>> reference(Parameter parameter, String modifier, String value) {
        require(modifier.isEmpty() || Character.isUpperCase(modifier.charAt(0)), parameter, modifier);
        String[] parts = value.split("/", -1);
        String id = parts[parts.length - 1];
        String type = parts.length > 1 ? parts[parts.length - 2] : modifier;
        return any(held -> held instanceof Target target
                && target.id().equals(id)
                && (type.isEmpty() || type.equals(target.type())));
    }

    private static Predicate<List<Indexed>> date(Parameter parameter, String modifier, String value, ZoneId zone) {
        require(modifier.isEmpty(), parameter, modifier);
        boolean prefixed = value.length() > 2 && PREFIXES.contains(value.substring(0, 2));
        String prefix = prefixed ? value.substring(0, 2) : "eq";
        TimeSpan asked;
        try {
            asked = TimeSpan.of(prefixed ? value.substring(2) : value, zone);
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    "Search parameter " + parameter.name() + " needs a date such as ge2026-03-01 or"
                            + " 2026-03-01T09:00:00Z",
                    e);
        }
        Predicate<TimeSpan> test = comparison(prefix, asked);
        return any(held -> held instanceof Time time && test.test(time.span()));
    }

    private static Predicate<TimeSpan> comparison(String prefix, TimeSpan asked) {
        return switch (prefix) {
            case "eq" -> asked::contains;
            case "ne" -> held -> !asked.contains(held);
            case "gt" -> held -> held.until().isAfter(asked.until());
            case "lt" -> held -> held.from().isBefore(asked.from());
            case "ge" -> held -> held.until().isAfter(asked.until()) || asked.contains(held);
            case "le" -> held -> held.from().isBefore(asked.from()) || asked.contains(held);
            case "sa" -> held -> !held.from().isBefore(asked.until());
            case "eb" -> held -> !held.until().isAfter(asked.from());
            default -> throw new IllegalArgumentException(prefix);
        };
    }

    private static Predicate<List<Indexed>> any(Predicate<Indexed> test) {
        return held -> held.stream().anyMatch(test);
    }

    private static void require(boolean known, Parameter parameter, String modifier) {
        if (!known) {
            throw unsupported(parameter, modifier);
        }
    }

    private static InvalidRequestException unsupported(Parameter parameter, String modifier) {
        return new InvalidRequestException(
                "Search parameter " + parameter.name() + " does not support the modifier :" + modifier);
    }
}

package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.function.BiPredicate;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/** Whether a value of a filter fits an element; what the hub cannot compare, fits. */
final class FilterMatch {
    private final FhirServer server;

    FilterMatch(FhirServer server) {
        this.server = server;
    }

    boolean fits(String kind, String value, Base element) {
        return switch (kind) {
            case "token" -> token(value, element);
            case "reference" -> reference(value, element);
            case "date" -> date(value, element);
            default -> true;
        };
    }

    private static boolean token(String value, Base element) {
        var parts = value.split("(?<!\\\\)\\|", -1);
        var code = plain(parts[parts.length - 1]);
        var system = parts.length == 1 ? null : plain(parts[0]);
        BiPredicate<@Nullable String, @Nullable String> same =
                (heldSystem, heldCode) -> (system == null || system.equals(heldSystem == null ? "" : heldSystem))
                        && (code.isEmpty() || code.equalsIgnoreCase(heldCode));
        return switch (element) {
            case Coding coding -> same.test(coding.getSystem(), coding.getCode());
            case CodeableConcept concept ->
                concept.getCoding().stream().anyMatch(coding -> same.test(coding.getSystem(), coding.getCode()));
            case Identifier identifier -> same.test(identifier.getSystem(), identifier.getValue());
            case ContactPoint contact -> code.isEmpty() || code.equalsIgnoreCase(contact.getValue());
            default -> !element.isPrimitive() || code.isEmpty() || code.equalsIgnoreCase(element.primitiveValue());
        };
    }

    private boolean reference(String value, Base element) {
        return switch (element) {
            case CanonicalType canonical ->
                value.equals(canonical.getValue())
                        || String.valueOf(canonical.getValue()).startsWith(value + "|");
            case org.hl7.fhir.r4.model.Reference held -> isMeant(value, server.reference(held));
            default -> true;
        };
    }

    private static boolean isMeant(String value, @Nullable Reference held) {
        return held != null && List.of(held.id(), held.type() + "/" + held.id()).contains(value);
    }

    private static boolean date(String value, Base element) {
        var wanted = DateSpan.comparison(value).orElseThrow();
        return switch (element) {
            case BaseDateTimeType time ->
                !time.hasValue() || wanted.mayHold(time.getValueAsString(), time.getValueAsString());
            case Period period ->
                wanted.mayHold(
                        period.getStartElement().getValueAsString(),
                        period.getEndElement().getValueAsString());
            default -> true;
        };
    }

    /** A value without FHIR's escapes. */
    private static String plain(String escaped) {
        return escaped.replaceAll("\\\\(.)", "$1");
    }
}

package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** One element of a resource as a search sees it (FHIR R4, 3.1.1.4). */
sealed interface Indexed {
    /** A string; folded without case and accents. */
    record Text(String raw, String folded) implements Indexed {}

    /** A code, identifier or contact; the system is null where the element has none. */
    record Token(@Nullable String system, String code) implements Indexed {}

    /** A reference's target; the type is empty where the reference does not name one. */
    record Target(String type, String id) implements Indexed {}

    /** A date as the interval it stands for. */
    record Time(TimeSpan span) implements Indexed {}

    /** What a search parameter of this type sees in an element. */
    static Stream<Indexed> of(Base value, RestSearchParameterTypeEnum type, ZoneId zone) {
        return switch (type) {
            case STRING -> texts(value).map(text -> new Text(text, fold(text)));
            case TOKEN -> tokens(value).filter(token -> !token.code().isEmpty()).map(token -> token);
            case REFERENCE -> targets(value);
            case DATE -> time(value, zone).stream().map(Time::new);
            case URI -> value.isPrimitive() ? Stream.of(new Token(null, value.primitiveValue())) : Stream.of();
            case NUMBER, QUANTITY, COMPOSITE, HAS, SPECIAL -> throw new IllegalArgumentException(type.getCode());
        };
    }

    /** Text as string searches compare it: without accents and case. */
    static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static Stream<String> texts(Base value) {
        Stream<String> texts = switch (value) {
            case HumanName name ->
                Stream.of(
                                Stream.of(name.getFamily(), name.getText()),
                                name.getGiven().stream().map(StringType::getValue),
                                name.getPrefix().stream().map(StringType::getValue),
                                name.getSuffix().stream().map(StringType::getValue))
                        .flatMap(part -> part);
            case Address address ->
                Stream.concat(
                        Stream.of(
                                address.getCity(),
                                address.getDistrict(),
                                address.getState(),
                                address.getPostalCode(),
                                address.getCountry(),
                                address.getText()),
                        address.getLine().stream().map(StringType::getValue));
            case PrimitiveType<?> primitive -> Stream.of(primitive.getValueAsString());
            default -> Stream.of();
        };
        return texts.filter(text -> text != null && !text.isEmpty());
    }

    private static Stream<Token> tokens(Base value) {
        return switch (value) {
            case Coding coding -> Stream.of(token(coding.getSystem(), coding.getCode()));
            case CodeableConcept concept -> concept.getCoding().stream().flatMap(Indexed::tokens);
            case Identifier identifier -> Stream.of(token(identifier.getSystem(), identifier.getValue()));
            case ContactPoint contact -> Stream.of(token(null, contact.getValue()));
            case Enumeration<?> code -> Stream.of(token(code.getSystem(), code.getValueAsString()));
            case PrimitiveType<?> primitive -> Stream.of(token(null, primitive.getValueAsString()));
            default -> Stream.of();
        };
    }

    private static Token token(@Nullable String system, @Nullable String code) {
        return new Token(system, code == null ? "" : code);
    }

    private static Stream<Indexed> targets(Base value) {
        if (!(value instanceof Reference reference) || !reference.hasReference()) {
            return Stream.of();
        }
        var element = reference.getReferenceElement();
        String type = element.getResourceType();
        return Stream.of(new Target(type == null ? "" : type, element.getIdPart()));
    }

    private static Optional<TimeSpan> time(Base value, ZoneId zone) {
        return switch (value) {
            case BaseDateTimeType moment
            when moment.hasValue() -> Optional.of(TimeSpan.of(moment.getValueAsString(), zone));
            case Period period
            when period.hasStart() || period.hasEnd() ->
                Optional.of(TimeSpan.between(List.of(period.getStartElement(), period.getEndElement()), zone));
            default -> Optional.empty();
        };
    }
}

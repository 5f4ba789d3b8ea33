package org.ehrhub.fhir.coverage;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.tools.CodeToken;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Coded values, amounts and spans as short text. */
final class Words {
    private Words() {}

    /** What a coded value means: its text, else the words of its coding, else the code. */
    static @Nullable String of(CodeableConcept concept) {
        return Stream.concat(
                        Stream.of(concept).map(CodeableConcept::getText),
                        concept.getCoding().stream()
                                .flatMap(coding -> Stream.of(coding.getDisplay(), coding.getCode())))
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** The codes of a coded value, {@code system|code}; its words where it has none. */
    static List<String> codes(CodeableConcept concept) {
        var codes = concept.getCoding().stream()
                .filter(Coding::hasCode)
                .map(coding -> new CodeToken(coding.getSystem(), coding.getCode()).toString())
                .toList();
        return codes.isEmpty()
                ? Stream.of(concept).map(Words::of).filter(Objects::nonNull).toList()
                : codes;
    }

    /** The code of a coded value, without its system. */
    static @Nullable String code(CodeableConcept concept) {
        return concept.getCodingFirstRep().getCode();
    }

    /** An amount of money with its currency, or any other simple value; none where there is no value. */
    static @Nullable String amount(@Nullable Type value) {
        return switch (value) {
            case Money money
            when money.hasValue() ->
                money.getValueElement().getValueAsString() + (money.hasCurrency() ? " " + money.getCurrency() : "");
            case PrimitiveType<?> simple -> simple.getValueAsString();
            case null, default -> null;
        };
    }

    /** Where a span begins, as it was written. */
    static @Nullable String start(Period span) {
        return span.getStartElement().getValueAsString();
    }

    /** Where a span ends, as it was written. */
    static @Nullable String end(Period span) {
        return span.getEndElement().getValueAsString();
    }
}

package org.ehrhub.fhir.charts;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.tools.CodeToken;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** Coded values (FHIR R4, 2.24.0.6) as the hub shows and compares them. */
public final class Concepts {
    private static final int NAME = 200;

    private Concepts() {}

    /** The words for it: what somebody wrote, else the first display. */
    public static @Nullable String words(CodeableConcept concept) {
        return concept.hasText()
                ? Words.line(concept.getText(), NAME)
                : concept.getCoding().stream()
                        .map(Coding::getDisplay)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(display -> Words.line(display, NAME))
                        .orElse(null);
    }

    /** The words for it, else its code. */
    public static @Nullable String wordsOrCode(CodeableConcept concept) {
        var words = words(concept);
        return words == null ? bare(concept) : words;
    }

    /** The words for all of them, else their codes. */
    public static @Nullable String allWords(Collection<CodeableConcept> concepts) {
        return Words.joined("; ", concepts.stream().map(Concepts::wordsOrCode), NAME);
    }

    /** The words for the first. */
    public static @Nullable String firstWords(List<CodeableConcept> concepts) {
        return concepts.isEmpty() ? null : wordsOrCode(concepts.getFirst());
    }

    /** Its code with the system: the first of a system that has a short name, else the first there is. */
    public static @Nullable String token(CodeableConcept concept) {
        return codings(concept)
                .filter(coding -> coding.hasSystem() && !token(coding).startsWith(coding.getSystem()))
                .findFirst()
                .or(() -> codings(concept).findFirst())
                .map(Concepts::token)
                .orElse(null);
    }

    /** Its first code alone, for value sets that everybody knows. */
    public static @Nullable String bare(CodeableConcept concept) {
        return codings(concept).findFirst().map(Coding::getCode).orElse(null);
    }

    /** Whether one of them is the code, in any system. */
    public static boolean hold(Collection<CodeableConcept> concepts, String code) {
        return hold(concepts, new CodeToken(null, code));
    }

    /** Whether one of them is meant. */
    public static boolean hold(Collection<CodeableConcept> concepts, CodeToken wanted) {
        return concepts.stream()
                .flatMap(Concepts::codings)
                .anyMatch(coding -> wanted.fits(coding.getSystem(), coding.getCode()));
    }

    private static Stream<Coding> codings(CodeableConcept concept) {
        return concept.getCoding().stream().filter(Coding::hasCode);
    }

    private static String token(Coding coding) {
        return new CodeToken(coding.hasSystem() ? coding.getSystem() : null, coding.getCode()).toString();
    }
}

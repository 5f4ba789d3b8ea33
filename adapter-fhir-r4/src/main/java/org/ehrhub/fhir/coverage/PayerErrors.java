package org.ehrhub.fhir.coverage;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * Why a payer gave no answer about somebody: the reject reasons of X12 (data element 901, the AAA segment of a 271 or 278), in
 * the hub's words. None of them says anything of coverage.
 */
final class PayerErrors {
    private static final Set<String> NO_ANSWER = Set.of("42", "80");
    private static final Set<String> NOBODY = Stream.concat(
                    Stream.of("58"), IntStream.rangeClosed(64, 78).mapToObj(Integer::toString))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PROVIDER = Set.of("43", "44", "45", "46", "47", "48", "50", "51", "97");
    private static final Set<String> SENDER = Set.of("41", "79");
    private static final String REASON = "[A-Z0-9]{2}";

    private PayerErrors() {}

    /**
     * Goes on only where none of the errors is a reject reason.
     *
     * @throws EhrFailure {@code EHR_UNAVAILABLE} when the payer could not answer, {@code NOT_FOUND} when it knows nobody by
     *     these details, {@code DENIED} or {@code REJECTED_BY_EHR} when it did not take the request
     */
    static void raise(Collection<CodeableConcept> errors) {
        var reasons = reasons(errors);
        if (isNoAnswer(reasons)) {
            throw new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE,
                    "The payer did not answer: it says that it cannot just now. Nothing was changed.",
                    "Try again later, not at once.");
        }
        if (reasons.stream().anyMatch(NOBODY::contains)) {
            throw new EhrFailure(
                    ErrorCode.NOT_FOUND,
                    "The payer finds nobody by these details. That says nothing about whether coverage is in force.",
                    "Check member id, name and date of birth with the patient, and the payer on file.");
        }
        if (reasons.stream().anyMatch(SENDER::contains)) {
            throw new EhrFailure(
                    ErrorCode.DENIED,
                    "The payer does not let this organisation ask.",
                    "Ask the hub's operator to check the EHR's connection to the payer.");
        }
        if (!reasons.isEmpty()) {
            throw new EhrFailure(
                    ErrorCode.REJECTED_BY_EHR,
                    reasons.stream().anyMatch(PROVIDER::contains)
                            ? "The payer does not know the provider in whose name it was asked."
                            : "The payer did not take the request.",
                    "Check the details on file; the same call will be refused again.");
        }
    }

    /** Whether the payer says that it cannot answer just now. */
    static boolean isNoAnswer(Collection<CodeableConcept> errors) {
        return isNoAnswer(reasons(errors));
    }

    private static boolean isNoAnswer(List<String> reasons) {
        return reasons.stream().anyMatch(NO_ANSWER::contains);
    }

    private static List<String> reasons(Collection<CodeableConcept> errors) {
        return errors.stream()
                .flatMap(error -> error.getCoding().stream())
                .filter(coding -> !coding.hasSystem() || isX12(coding))
                .map(Coding::getCode)
                .filter(code -> code != null && code.matches(REASON))
                .toList();
    }

    private static boolean isX12(Coding coding) {
        return coding.getSystem().contains("x12.org") || coding.getSystem().contains("x12-");
    }
}

package org.ehrhub.fhir.orders;

import static org.ehrhub.fhir.writing.Codes.SNOMED;

import java.util.Arrays;
import java.util.Locale;
import org.ehrhub.fhir.writing.Codes;
import org.ehrhub.fhir.writing.Refusal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ServiceRequest;

/** Kinds of order, with the SNOMED CT codes of FHIR's and US Core's ServiceRequest.category. */
enum OrderCategory {
    LABORATORY("108252007", "Laboratory procedure"),
    IMAGING("363679005", "Imaging"),
    PROCEDURE("71388002", "Procedure"),
    COUNSELING("409063005", "Counselling"),
    EDUCATION("409073007", "Education"),
    THERAPY("277132007", "Therapeutic procedure"),
    REFERRAL("3457005", "Patient referral");

    private final String code;
    private final String display;

    OrderCategory(String code, String display) {
        this.code = code;
        this.display = display;
    }

    static OrderCategory of(String word) {
        return Arrays.stream(values())
                .filter(one -> one != REFERRAL && one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "category", "is no kind of order.", "Use one of the words that the tool's schema lists."));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    CodeableConcept concept() {
        return Codes.of(SNOMED, code, display);
    }

    boolean isIn(ServiceRequest order) {
        return order.getCategory().stream().anyMatch(concept -> Codes.holds(concept, SNOMED, code));
    }
}

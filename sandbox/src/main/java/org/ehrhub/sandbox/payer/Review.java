package org.ehrhub.sandbox.payer;

import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * What the payer does with one item of a request for prior authorisation (X12 code list 306). The code of the service
 * decides, whatever its system:
 *
 * <ul>
 *   <li>pended: 24627-2 (CT Chest), 71250, 70551 (MRI of the brain), 73761001 (colonoscopy)
 *   <li>not certified: 24558-9 (US Abdomen), 15788 (chemical peel)
 *   <li>modified: 97110 (therapeutic exercise)
 *   <li>certified: everything else; only these need no authorisation at all
 * </ul>
 */
enum Review {
    CERTIFIED("A1", "Certified in total"),
    NOT_CERTIFIED("A3", "Not Certified"),
    PENDED("A4", "Pended"),
    MODIFIED("A6", "Modified");

    private static final Set<String> PENDING = Set.of("24627-2", "71250", "70551", "73761001");
    private static final Set<String> REFUSED = Set.of("24558-9", "15788");
    private static final Set<String> CHANGED = Set.of("97110");

    private final String code;
    private final String display;

    Review(String code, String display) {
        this.code = code;
        this.display = display;
    }

    static Review of(CodeableConcept service) {
        var codes = service.getCoding().stream().map(Coding::getCode).toList();
        if (codes.stream().anyMatch(PENDING::contains)) {
            return PENDED;
        }
        if (codes.stream().anyMatch(REFUSED::contains)) {
            return NOT_CERTIFIED;
        }
        return codes.stream().anyMatch(CHANGED::contains) ? MODIFIED : CERTIFIED;
    }

    /** Whether the item may be done. */
    boolean authorises() {
        return this == CERTIFIED || this == MODIFIED;
    }

    Coding coding() {
        return new Coding("https://codesystem.x12.org/005010/306", code, display);
    }
}

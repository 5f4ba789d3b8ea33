package org.ehrhub.sandbox.payer;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Objects;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the payer knows of a coverage. A subscriber id of {@code AAA} and two digits is rejected with that X12 reason: 42
 * unable to respond at this time, 72 an invalid member id, 75 a subscriber who is not found.
 *
 * @param reject the X12 AAA reason why nothing is said of it, empty where there is none
 */
record Membership(Coverage coverage, String reject) {
    private static final String REJECTING = "AAA\\d\\d";

    /** The coverage a request names; 422 where it names none that the site holds. */
    static Membership of(Records records, Reference coverage) {
        var id = coverage.getReferenceElement();
        return records.find("Coverage", id.hasIdPart() ? id.getIdPart() : "")
                .map(Coverage.class::cast)
                .map(Membership::of)
                .orElseThrow(
                        () -> new UnprocessableEntityException("The request names no coverage that is known here"));
    }

    private static Membership of(Coverage coverage) {
        String subscriber = Objects.toString(coverage.getSubscriberId(), "");
        return new Membership(coverage, subscriber.matches(REJECTING) ? subscriber.substring(3) : "");
    }

    boolean inForce() {
        return coverage.getStatus() == Coverage.CoverageStatus.ACTIVE;
    }

    /** The reason as X12 codes it (data element 901). */
    CodeableConcept error() {
        String meaning = switch (reject) {
            case "42" -> "Unable to Respond at Current Time";
            case "72" -> "Invalid/Missing Subscriber/Insured ID";
            case "75" -> "Subscriber/Insured Not Found";
            default -> "Rejected";
        };
        return new CodeableConcept(new Coding("https://codesystem.x12.org/005010/901", reject, meaning))
                .setText(meaning);
    }
}

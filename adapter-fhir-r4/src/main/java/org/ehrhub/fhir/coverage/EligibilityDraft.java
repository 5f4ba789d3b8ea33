package org.ehrhub.fhir.coverage;

import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.coverage.EligibilityCheck;
import org.ehrhub.tools.coverage.PriorAuthCheck;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest.EligibilityRequestPurpose;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest.EligibilityRequestStatus;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Reference;

/** Questions to a payer about coverage (FHIR R4, 13.2). */
final class EligibilityDraft {
    /** Service type codes (X12 data element 1365). */
    private static final String SERVICE_TYPES = "https://codesystem.x12.org/005010/1365";

    private final CoverageDesk desk;

    EligibilityDraft(CoverageDesk desk) {
        this.desk = desk;
    }

    /** Whether coverage is in force, and its benefits. */
    CoverageEligibilityRequest benefits(Coverage coverage, EligibilityCheck input) {
        var draft = about(coverage);
        draft.addPurpose(EligibilityRequestPurpose.VALIDATION);
        draft.addPurpose(EligibilityRequestPurpose.BENEFITS);
        if (input.date() != null) {
            draft.setServiced(new DateType(input.date()));
        }
        if (input.service() != null) {
            draft.addItem().setCategory(service(input.service()));
        }
        return draft;
    }

    /** Whether something needs prior authorisation. */
    CoverageEligibilityRequest authorisation(Coverage coverage, PriorAuthCheck input) {
        var draft = about(coverage);
        draft.addPurpose(EligibilityRequestPurpose.AUTHREQUIREMENTS);
        draft.addItem().setProductOrService(CoverageDesk.code(input.code(), "code"));
        return draft;
    }

    private static CodeableConcept service(String written) {
        var token = CodeToken.parse(written, "service");
        return CoverageDesk.concept(token.system() == null ? SERVICE_TYPES : token.system(), token.code());
    }

    private CoverageEligibilityRequest about(Coverage coverage) {
        var draft = new CoverageEligibilityRequest()
                .setStatus(EligibilityRequestStatus.ACTIVE)
                .setPatient(new Reference("Patient/" + desk.patient(coverage).id()))
                .setCreatedElement(desk.now())
                .setInsurer(desk.payer(coverage));
        draft.addInsurance().setFocal(true).setCoverage(new Reference("Coverage/" + coverage.getIdPart()));
        return draft;
    }
}

package org.ehrhub.sandbox.payer;

import java.math.BigDecimal;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest.EligibilityRequestPurpose;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UnsignedIntType;

/**
 * The payer's answer to a CoverageEligibilityRequest: active coverage is in force with a plan's usual amounts, cancelled
 * coverage is not, and a rejected member (see {@link Membership}) makes the outcome an error. Asked for
 * {@code auth-requirements}, it says of each item whether it needs prior authorisation (see {@link Review}).
 */
final class EligibilityAnswer {
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";

    private final Records records;

    EligibilityAnswer(Records records) {
        this.records = records;
    }

    /** The answer to a request as it is stored. */
    CoverageEligibilityResponse to(CoverageEligibilityRequest request) {
        var member = Membership.of(records, request.getInsuranceFirstRep().getCoverage());
        var response = new CoverageEligibilityResponse()
                .setStatus(CoverageEligibilityResponse.EligibilityResponseStatus.ACTIVE)
                .setPatient(request.getPatient())
                .setCreatedElement(new DateTimeType(records.now().toString()))
                .setRequest(new Reference("CoverageEligibilityRequest/" + request.getIdPart()))
                .setInsurer(member.coverage().getPayorFirstRep());
        request.getPurpose()
                .forEach(purpose -> response.addPurpose(
                        CoverageEligibilityResponse.EligibilityResponsePurpose.fromCode(purpose.getCode())));
        if (!member.reject().isEmpty()) {
            response.setOutcome(Enumerations.RemittanceOutcome.ERROR).addError().setCode(member.error());
            return response.setDisposition("The payer rejected the request");
        }
        response.setOutcome(Enumerations.RemittanceOutcome.COMPLETE)
                .setDisposition(member.inForce() ? "Coverage is in force" : "Coverage is not in force");
        insurance(response, request, member);
        return response;
    }

    private static void insurance(
            CoverageEligibilityResponse response, CoverageEligibilityRequest request, Membership member) {
        var insurance = response.addInsurance()
                .setCoverage(request.getInsuranceFirstRep().getCoverage())
                .setInforce(member.inForce());
        if (member.coverage().hasPeriod()) {
            insurance.setBenefitPeriod(member.coverage().getPeriod());
        }
        if (!member.inForce()) {
            return;
        }
        boolean authorisation = request.getPurpose().stream()
                .anyMatch(purpose -> purpose.getValue() == EligibilityRequestPurpose.AUTHREQUIREMENTS);
        for (var asked : request.getItem()) {
            var item = insurance.addItem().setCategory(asked.getCategory());
            item.setProductOrService(asked.getProductOrService());
            if (authorisation) {
                boolean needed = Review.of(asked.getProductOrService()) != Review.CERTIFIED;
                item.setAuthorizationRequired(needed);
                if (needed) {
                    item.addAuthorizationSupporting(
                            concept("coverageeligibilityresponse-ex-auth-support", "professionalreport"));
                }
            }
        }
        plan(insurance.addItem());
    }

    /** The plan itself: a deductible of which part is used, a copayment, a visit limit. */
    private static void plan(CoverageEligibilityResponse.ItemsComponent item) {
        item.setCategory(new CodeableConcept(
                        new Coding(HL7 + "ex-benefitcategory", "30", "Health Benefit Plan Coverage")))
                .setNetwork(concept("benefit-network", "in"))
                .setUnit(concept("benefit-unit", "individual"))
                .setTerm(concept("benefit-term", "annual"));
        item.addBenefit()
                .setType(concept("benefit-type", "deductible"))
                .setAllowed(money("1500.00"))
                .setUsed(money("350.25"));
        item.addBenefit().setType(concept("benefit-type", "copay")).setAllowed(money("25.00"));
        item.addBenefit()
                .setType(concept("benefit-type", "visit"))
                .setAllowed(new UnsignedIntType(20))
                .setUsed(new UnsignedIntType(4));
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding().setSystem(HL7 + system).setCode(code));
    }

    private static Money money(String amount) {
        return new Money().setValue(new BigDecimal(amount)).setCurrency("USD");
    }
}

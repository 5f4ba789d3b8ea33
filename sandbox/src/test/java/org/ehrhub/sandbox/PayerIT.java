package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PayerIT {
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, Client.MONDAY);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void saysWhetherCoverageIsInForceAndForWhat() throws Exception {
        var answer = submitted("sm-1001", "24627-2");
        assertThat(answer.getOutcome()).isEqualTo(Enumerations.RemittanceOutcome.COMPLETE);
        assertThat(answer.getInsuranceFirstRep().getInforce()).isTrue();
        assertThat(answer.getInsuranceFirstRep().getItemFirstRep().getAuthorizationRequired())
                .isTrue();
        assertThat(answer.getInsuranceFirstRep()
                        .getItem()
                        .getLast()
                        .getBenefitFirstRep()
                        .getAllowedMoney()
                        .getValue())
                .isEqualTo("1500.00");
        assertThat(submitted("sm-1001", "24321-2")
                        .getInsuranceFirstRep()
                        .getItemFirstRep()
                        .getAuthorizationRequired())
                .isFalse();
        assertThat(submitted("sm-1002", "24321-2").getInsuranceFirstRep().getInforce())
                .isFalse();
    }

    @Test
    void rejectsAMemberAsTheSubscriberIdSays() throws Exception {
        for (var rejected :
                Map.of("sm-1003", "72", "sm-1004", "42", "sm-1005", "75").entrySet()) {
            var answer = submitted(rejected.getKey(), "24321-2");
            assertThat(answer.getOutcome()).isEqualTo(Enumerations.RemittanceOutcome.ERROR);
            assertThat(answer.getInsurance()).isEmpty();
            assertThat(answer.getErrorFirstRep().getCode().getCodingFirstRep().getCode())
                    .isEqualTo(rejected.getValue());
        }
    }

    @Test
    void keepsRequestAndAnswer() throws Exception {
        var answer = submitted("sm-1001", "24321-2");
        var found = Client.of(sandbox, "stmarys")
                .search()
                .byUrl("CoverageEligibilityResponse?request="
                        + answer.getRequest().getReference())
                .returnBundle(Bundle.class)
                .execute();
        assertThat(found.getEntryFirstRep().getResource().getIdPart()).isEqualTo(answer.getIdPart());
    }

    @Test
    void answersAtLakesideTheSecondTimeItIsLookedFor() {
        var lakeside = Client.of(sandbox, "lakeside");
        var made = lakeside.create().resource(eligibility("lk-1001", "24321-2")).execute();
        String search = "CoverageEligibilityResponse?request=CoverageEligibilityRequest/"
                + made.getId().getIdPart();
        var totals = IntStream.range(0, 3)
                .mapToObj(time -> lakeside.search()
                        .byUrl(search)
                        .returnBundle(Bundle.class)
                        .execute()
                        .getTotal());
        assertThat(totals).containsExactly(0, 1, 1);
    }

    @Test
    void decidesOnEachItemOfARequest() throws Exception {
        var response = (ClaimResponse) priorAuth("decided", "36643-5", "24558-9", "97110")
                .getEntryFirstRep()
                .getResource();
        assertThat(actions(response)).containsExactly("A1", "A3", "A6");
        assertThat(response.getOutcome()).isEqualTo(ClaimResponse.RemittanceOutcome.COMPLETE);
        assertThat(response.getPreAuthRef()).startsWith("AUTH");
    }

    @Test
    void decidesOnAPendedRequestAtTheSecondInquiry() throws Exception {
        var pended = (ClaimResponse)
                priorAuth("pended", "24627-2").getEntryFirstRep().getResource();
        assertThat(actions(pended)).containsExactly("A4");
        assertThat(pended.hasPreAuthRef()).isFalse();
        assertThat(actions(inquired("pended"))).containsExactly("A4");
        var decided = inquired("pended");
        assertThat(actions(decided)).containsExactly("A1");
        assertThat(decided.getIdPart()).isEqualTo(pended.getIdPart());
        assertThat(decided.getPreAuthRef()).startsWith("AUTH");
    }

    @Test
    void acceptsAClaimAndPaysFourFifths() throws Exception {
        var claim = claim("claimed", "99213").setUse(Claim.Use.CLAIM);
        var response = Client.operation(sandbox, "stmarys", "/Claim/$submit", claim, ClaimResponse.class);
        assertThat(response.getOutcome()).isEqualTo(ClaimResponse.RemittanceOutcome.COMPLETE);
        assertThat(response.getPayment().getAmount().getValue()).isEqualTo("100.40");
    }

    @Test
    void refusesAClaimOfSomebodyUnknown() throws Exception {
        var claim = claim("unknown", "99213").setPatient(new Reference("Patient/nobody"));
        var parser = FhirContext.forR4Cached().newJsonParser();
        assertThat(Client.send(sandbox, "POST", "/Claim/$submit", parser.encodeResourceToString(claim))
                        .statusCode())
                .isEqualTo(422);
    }

    private static CoverageEligibilityResponse submitted(String patient, String code) throws Exception {
        return Client.operation(
                sandbox,
                "stmarys",
                "/CoverageEligibilityRequest/$submit",
                eligibility(patient, code),
                CoverageEligibilityResponse.class);
    }

    private static CoverageEligibilityRequest eligibility(String patient, String code) {
        var request = new CoverageEligibilityRequest()
                .setStatus(CoverageEligibilityRequest.EligibilityRequestStatus.ACTIVE)
                .addPurpose(CoverageEligibilityRequest.EligibilityRequestPurpose.AUTHREQUIREMENTS)
                .setPatient(new Reference("Patient/" + patient));
        request.addInsurance().setCoverage(new Reference("Coverage/" + patient + "-cov-1"));
        request.addItem().getProductOrService().addCoding().setCode(code);
        return request;
    }

    private static Bundle priorAuth(String trace, String... codes) throws Exception {
        return Client.operation(sandbox, "stmarys", "/Claim/$submit", bundle(claim(trace, codes)), Bundle.class);
    }

    private static ClaimResponse inquired(String trace) throws Exception {
        var answer = Client.operation(sandbox, "stmarys", "/Claim/$inquire", bundle(claim(trace)), Bundle.class);
        assertThat(answer.getEntry()).hasSize(1);
        return (ClaimResponse) answer.getEntryFirstRep().getResource();
    }

    /** The patient by an address within the Bundle, as guides have it. */
    private static Bundle bundle(Claim claim) {
        var patient = new Patient();
        patient.setId("sm-1001");
        String placeholder = "urn:uuid:a0000000-0000-4000-8000-000000000002";
        var bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        bundle.addEntry().setResource(claim.setPatient(new Reference(placeholder)));
        bundle.addEntry().setFullUrl(placeholder).setResource(patient);
        return bundle;
    }

    private static Claim claim(String trace, String... codes) {
        var claim = new Claim()
                .setUse(Claim.Use.PREAUTHORIZATION)
                .addIdentifier(new Identifier().setSystem("urn:ehrhub:test").setValue(trace))
                .setPatient(new Reference("Patient/sm-1001"));
        claim.addInsurance().setCoverage(new Reference("Coverage/sm-1001-cov-1"));
        for (String code : codes) {
            var item = claim.addItem().setSequence(claim.getItem().size());
            item.getProductOrService().addCoding().setCode(code);
            item.getNet().setValue(new BigDecimal("125.50")).setCurrency("USD");
        }
        return claim;
    }

    private static List<String> actions(ClaimResponse response) {
        String url = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewAction";
        return response.getItem().stream()
                .map(item ->
                        item.getAdjudicationFirstRep().getExtensionByUrl(url).getExtensionByUrl(url + "Code"))
                .map(code ->
                        ((CodeableConcept) code.getValue()).getCodingFirstRep().getCode())
                .toList();
    }
}

package org.ehrhub.sandbox.payer;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * Claims and requests for prior authorisation: {@code Claim/$submit} and {@code Claim/$inquire} (FHIR R4, Da Vinci PAS 2.2).
 * Each item of a request is decided by its code (see {@link Review}); a pended one is decided when it is inquired about the
 * second time. Everything is kept. Nothing is found to be a duplicate.
 */
public final class Claims {
    private final Records records;
    private final Decisions decisions;
    private final Set<String> inquired = new HashSet<>();

    /** The operations over one site's records. */
    public Claims(Records records) {
        this.records = records;
        this.decisions = new Decisions(records);
    }

    /** The answer to a claim: a Bundle with the ClaimResponse first to a Bundle with the Claim first, else a ClaimResponse. */
    @Operation(
            name = "$submit",
            typeName = "Claim",
            canonicalUrl = "http://hl7.org/fhir/us/davinci-pas/OperationDefinition/Claim-submit")
    public Resource submit(@ResourceParam Resource body) {
        Resource submitted = Objects.requireNonNullElse(Submitted.in(body), body);
        var claim = Submitted.claim(submitted, records);
        var member = Membership.of(records, claim.getInsuranceFirstRep().getCoverage());
        if (records.find("Patient", claim.getPatient().getReferenceElement().getIdPart())
                .isEmpty()) {
            throw new UnprocessableEntityException("The claim names no patient who is known here");
        }
        var stored = (Claim) records.create(claim);
        var response = (ClaimResponse) records.create(
                claim.getUse() == Claim.Use.PREAUTHORIZATION
                        ? decisions.onPriorAuthorization(stored, member)
                        : decisions.onClaim(stored, member));
        return submitted instanceof Bundle ? bundle(List.of(response)) : response;
    }

    /**
     * What has become of requests: those whose identifier or authorisation number the Claim of the Bundle names, else all of
     * its patient.
     */
    @Operation(
            name = "$inquire",
            typeName = "Claim",
            canonicalUrl = "http://hl7.org/fhir/us/davinci-pas/OperationDefinition/Claim-inquiry")
    public Bundle inquire(@ResourceParam Resource body) {
        var asked = Submitted.claim(Objects.requireNonNullElse(Submitted.in(body), body), records);
        var patient = asked.getPatient().getReferenceElement();
        var answers = records.matching("ClaimResponse", "patient=Patient/" + patient.getIdPart()).stream()
                .map(ClaimResponse.class::cast)
                .filter(response -> response.getUse() == ClaimResponse.Use.PREAUTHORIZATION && isMeant(response, asked))
                .map(this::lookedAt)
                .toList();
        return bundle(answers);
    }

    private boolean isMeant(ClaimResponse response, Claim asked) {
        var numbers = asked.getInsurance().stream()
                .flatMap(insurance -> insurance.getPreAuthRef().stream())
                .map(StringType::getValue)
                .toList();
        if (asked.getIdentifier().isEmpty() && numbers.isEmpty()) {
            return true;
        }
        var request = records.find(
                "Claim", response.getRequest().getReferenceElement().getIdPart());
        boolean named = request.stream()
                .flatMap(claim -> ((Claim) claim).getIdentifier().stream())
                .anyMatch(identifier -> asked.getIdentifier().stream().anyMatch(identifier::equalsDeep));
        return named || numbers.contains(response.getPreAuthRef());
    }

    private synchronized ClaimResponse lookedAt(ClaimResponse response) {
        boolean decided = Decisions.isPended(response) && !inquired.add(response.getIdPart());
        return decided ? (ClaimResponse) records.update(decisions.certified(response)) : response;
    }

    private Bundle bundle(List<ClaimResponse> responses) {
        var bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        bundle.setTimestampElement(new InstantType(records.now().toString()));
        responses.forEach(response ->
                bundle.addEntry().setFullUrl("urn:uuid:" + response.getIdPart()).setResource(response));
        return bundle;
    }
}

package org.ehrhub.sandbox.payer;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.CoverageEligibilityRequest;
import org.hl7.fhir.r4.model.CoverageEligibilityResponse;
import org.hl7.fhir.r4.model.Resource;

/** {@code CoverageEligibilityRequest/$submit} (FHIR R4): the payer answers while the client waits; both are kept. */
public final class EligibilityAtOnce {
    private final Records records;

    /** The operation over one site's records. */
    public EligibilityAtOnce(Records records) {
        this.records = records;
    }

    /** The answer to a request, which is in the body alone or in Parameters. */
    @Operation(
            name = "$submit",
            typeName = "CoverageEligibilityRequest",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/CoverageEligibilityRequest-submit")
    public CoverageEligibilityResponse submit(@ResourceParam Resource body) {
        if (!(Submitted.in(body) instanceof CoverageEligibilityRequest request)) {
            throw new InvalidRequestException("$submit takes a CoverageEligibilityRequest");
        }
        var answer = new EligibilityAnswer(records);
        Membership.of(records, request.getInsuranceFirstRep().getCoverage());
        var stored = (CoverageEligibilityRequest) records.create(request);
        return (CoverageEligibilityResponse) records.create(answer.to(stored));
    }
}

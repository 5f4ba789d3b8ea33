package org.ehrhub.fhir.coverage;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.coverage.CoverageTools;

/** The tools about who pays. */
public final class PayerHandlers {
    private PayerHandlers() {}

    /**
     * Registers them. Eligibility and claims go out in one of two ways, whichever the server has, so neither is needed for
     * them.
     */
    public static void register(FhirTools tools, FhirServer server) {
        var coverage = Needs.read("Coverage");
        tools.onList(CoverageTools.LIST, new CoverageListing(server)::list, Needs.search("Coverage"))
                .onWrite(CoverageTools.ELIGIBILITY, new EligibilityChecking(server), coverage.wanting(eligibility()))
                .on(
                        CoverageTools.PRIOR_AUTH_CHECK,
                        new PriorAuthChecking(server)::check,
                        coverage.and(Needs.operation("CoverageEligibilityRequest", "submit")))
                .onWrite(
                        CoverageTools.PRIOR_AUTH_SUBMIT,
                        new PriorAuthSubmitting(server),
                        coverage.and(Needs.operation("Claim", "submit"))
                                .and(Needs.read("ServiceRequest"))
                                .wanting(claims()))
                .on(
                        CoverageTools.PRIOR_AUTH_STATUS,
                        new PriorAuthFollowing(server)::status,
                        coverage.and(Needs.operation("Claim", "submit")).wanting(claims()))
                .onWrite(
                        CoverageTools.CLAIM,
                        new ClaimSubmitting(server),
                        coverage.and(Needs.read("Encounter")).wanting(claims()));
    }

    private static Needs eligibility() {
        return Needs.create("CoverageEligibilityRequest")
                .and(Needs.update("CoverageEligibilityRequest"))
                .and(Needs.search("CoverageEligibilityResponse"));
    }

    private static Needs claims() {
        return Needs.create("Claim")
                .and(Needs.search("ClaimResponse"))
                .and(Needs.read("ClaimResponse"))
                .and(Needs.read("Patient"))
                .and(Needs.read("Organization"))
                .and(Needs.read("Practitioner"))
                .and(Needs.read("PractitionerRole"));
    }
}

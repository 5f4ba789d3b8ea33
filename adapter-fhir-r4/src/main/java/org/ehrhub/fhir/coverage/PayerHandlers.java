package org.ehrhub.fhir.coverage;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.coverage.CoverageTools;

/** The tools about who pays. */
public final class PayerHandlers {
    private PayerHandlers() {}

    /**
     * Registers them. Eligibility and claims go out in one of two ways, whichever the server has, so nothing in particular is
     * needed for them beside reading the coverage.
     */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onList(CoverageTools.LIST, new CoverageListing(server)::list, Needs.search("Coverage"))
                .onWrite(CoverageTools.ELIGIBILITY, new EligibilityChecking(server), Needs.read("Coverage"))
                .on(
                        CoverageTools.PRIOR_AUTH_CHECK,
                        new PriorAuthChecking(server)::check,
                        Needs.operation("CoverageEligibilityRequest", "submit"))
                .onWrite(
                        CoverageTools.PRIOR_AUTH_SUBMIT,
                        new PriorAuthSubmitting(server),
                        Needs.operation("Claim", "submit"))
                .on(
                        CoverageTools.PRIOR_AUTH_STATUS,
                        new PriorAuthFollowing(server)::status,
                        Needs.operation("Claim", "submit"))
                .onWrite(CoverageTools.CLAIM, new ClaimSubmitting(server), Needs.read("Coverage"));
    }
}

package org.ehrhub.fhir.coverage;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.coverage.CoverageTools;

/** The tools about who pays. */
public final class PayerHandlers {
    private PayerHandlers() {}

    /**
     * Registers them. Eligibility and claims go out at once, or are kept until the payer answers, whichever the server has.
     */
    public static void register(FhirTools tools, FhirServer server) {
        var coverage = Needs.read("Coverage");
        tools.onList(CoverageTools.LIST, new CoverageListing(server)::list, Needs.search("Coverage"))
                .onWrite(
                        CoverageTools.ELIGIBILITY,
                        new EligibilityChecking(server),
                        coverage.withEither(
                                        submit("CoverageEligibilityRequest"),
                                        Needs.create("CoverageEligibilityRequest"))
                                .wanting(eligibility()))
                .on(
                        CoverageTools.PRIOR_AUTH_CHECK,
                        new PriorAuthChecking(server)::check,
                        coverage.and(submit("CoverageEligibilityRequest")))
                .onWrite(
                        CoverageTools.PRIOR_AUTH_SUBMIT,
                        new PriorAuthSubmitting(server),
                        coverage.and(submit("Claim"))
                                .and(Needs.read("ServiceRequest"))
                                .wanting(claims()))
                .on(
                        CoverageTools.PRIOR_AUTH_STATUS,
                        new PriorAuthFollowing(server)::status,
                        coverage.and(submit("Claim")).wanting(claims()))
                .onWrite(
                        CoverageTools.CLAIM,
                        new ClaimSubmitting(server),
                        coverage.and(Needs.read("Encounter"))
                                .withEither(submit("Claim"), Needs.create("Claim"))
                                .wanting(claims()));
    }

    private static Needs submit(String type) {
        return Needs.operation(type, "submit");
    }

    private static Needs eligibility() {
        return Needs.update("CoverageEligibilityRequest").and(Needs.search("CoverageEligibilityResponse"));
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

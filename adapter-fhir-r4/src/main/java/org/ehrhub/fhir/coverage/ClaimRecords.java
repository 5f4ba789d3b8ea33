package org.ehrhub.fhir.coverage;

import java.util.List;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.coverage.ClaimOutcome;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.jspecify.annotations.Nullable;

/** A payer's answer to a claim (FHIR R4, 13.8) in the hub's form. */
final class ClaimRecords {
    private final FhirServer server;

    ClaimRecords(FhirServer server) {
        this.server = server;
    }

    /** What a payer says. */
    ClaimOutcome outcome(ClaimResponse source, @Nullable Reference claim, Reference patient) {
        var request = server.reference(source.getRequest());
        return new ClaimOutcome(
                FhirId.reference(server.ehr(), source),
                request != null && request.type().equals("Claim") ? request : claim,
                source.getOutcome() == null ? "error" : source.getOutcome().toCode(),
                source.getDisposition(),
                Words.amount(source.getPayment().getAmount()),
                ClaimMail.errors(source).stream()
                        .map(Words::codes)
                        .flatMap(List::stream)
                        .toList(),
                patient);
    }

    /** A claim that the payer has not answered yet. */
    static ClaimOutcome queued(Reference claim, Reference patient) {
        return new ClaimOutcome(null, claim, "queued", null, null, List.of(), patient);
    }
}

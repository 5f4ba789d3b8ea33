package org.ehrhub.fhir.insurance;

import org.ehrhub.fhir.charts.Concepts;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Coverage;
import org.jspecify.annotations.Nullable;

/** FHIR R4's Coverage in the hub's form. */
public final class CoverageRows {
    private final FhirServer server;

    /** The coverage on a server. */
    public CoverageRows(FhirServer server) {
        this.server = server;
    }

    /** One coverage. */
    public org.ehrhub.tools.coverage.Coverage row(Coverage source) {
        return new org.ehrhub.tools.coverage.Coverage(
                new Reference(server.ehr(), "Coverage", source.getIdPart()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                source.getType().isEmpty() ? null : Concepts.words(source.getType()),
                payer(source),
                CoverageFields.memberId(source),
                subscriber(source),
                source.getRelationship().getCodingFirstRep().getCode(),
                CoverageFields.named("plan", source),
                CoverageFields.named("group", source),
                source.getPeriod().getStartElement().getValueAsString(),
                source.getPeriod().getEndElement().getValueAsString(),
                server.reference(source.getBeneficiary()));
    }

    private @Nullable Participant payer(Coverage source) {
        if (source.getPayor().isEmpty()) {
            return null;
        }
        var first = source.getPayorFirstRep();
        return new Participant(server.reference(first), first.getDisplay());
    }

    private @Nullable String subscriber(Coverage source) {
        var holder = server.reference(source.getSubscriber());
        boolean self = holder != null && holder.equals(server.reference(source.getBeneficiary()));
        var name = source.getSubscriber().getDisplay();
        return self ? null : name == null && holder != null ? holder.toString() : name;
    }
}

package org.ehrhub.fhir.orders;

import java.util.Arrays;
import java.util.Objects;
import org.ehrhub.fhir.charts.Concepts;
import org.ehrhub.fhir.charts.Words;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.orders.Order;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** FHIR R4's ServiceRequest in the hub's form. */
final class OrderRecords {
    private final FhirServer server;

    OrderRecords(FhirServer server) {
        this.server = server;
    }

    Order order(ServiceRequest source) {
        var what = what(source);
        return new Order(
                new Reference(server.ehr(), "ServiceRequest", source.getIdPart()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                category(source),
                Concepts.words(what),
                Concepts.token(what),
                source.hasPriority() ? source.getPriority().toCode() : null,
                recipient(source),
                Concepts.allWords(source.getReasonCode()),
                Words.notes(source.getNote()),
                source.getAuthoredOnElement().getValueAsString(),
                server.reference(source.getSubject()));
    }

    /** Of a referral the specialty, which says more than that it is a referral. */
    private static CodeableConcept what(ServiceRequest source) {
        return OrderCategory.REFERRAL.isIn(source) && source.hasPerformerType()
                ? source.getPerformerType()
                : source.getCode();
    }

    private static @Nullable String category(ServiceRequest source) {
        return Arrays.stream(OrderCategory.values())
                .filter(one -> one.isIn(source))
                .map(OrderCategory::word)
                .findFirst()
                .orElseGet(() -> Concepts.firstWords(source.getCategory()));
    }

    /** The name that the EHR shows, else the reference. */
    private @Nullable String recipient(ServiceRequest source) {
        return source.getPerformer().stream()
                .map(performer -> performer.hasDisplay()
                        ? performer.getDisplay()
                        : Objects.toString(server.reference(performer), null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}

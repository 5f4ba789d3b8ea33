package org.ehrhub.fhir.vitals;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Concepts;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.Observation.Component;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** A measured Observation in the hub's form. */
final class VitalRecords {
    private final FhirServer server;

    VitalRecords(FhirServer server) {
        this.server = server;
    }

    org.ehrhub.tools.charts.Observation vital(Observation source) {
        var value = quantity(source.getValue());
        return new org.ehrhub.tools.charts.Observation(
                new Reference(server.ehr(), "Observation", source.getIdPart()),
                Concepts.token(source.getCode()),
                Concepts.words(source.getCode()),
                value.getValue(),
                comparator(value),
                unit(value),
                null,
                Concepts.words(source.getDataAbsentReason()),
                null,
                null,
                source.hasEffectiveDateTimeType()
                        ? source.getEffectiveDateTimeType().getValueAsString()
                        : null,
                source.getStatus() == ObservationStatus.FINAL || !source.hasStatus()
                        ? null
                        : source.getStatus().toCode(),
                source.getComponent().stream().map(VitalRecords::component).toList(),
                null,
                server.reference(source.getSubject()));
    }

    private static Component component(Observation.ObservationComponentComponent source) {
        var value = quantity(source.getValue());
        return new Component(
                Concepts.token(source.getCode()),
                Concepts.words(source.getCode()),
                value.getValue(),
                comparator(value),
                unit(value),
                null,
                Concepts.words(source.getDataAbsentReason()));
    }

    private static Quantity quantity(@Nullable Type value) {
        return value instanceof Quantity quantity ? quantity : new Quantity();
    }

    private static @Nullable String comparator(Quantity value) {
        return value.hasComparator() ? value.getComparator().toCode() : null;
    }

    private static @Nullable String unit(Quantity value) {
        return value.hasCode() ? value.getCode() : value.getUnit();
    }
}

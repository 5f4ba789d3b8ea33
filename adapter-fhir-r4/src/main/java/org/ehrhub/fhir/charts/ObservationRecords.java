package org.ehrhub.fhir.charts;

import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.jspecify.annotations.Nullable;

/** FHIR's Observation (R4, 10.1) in the hub's form: numbers, comparators, dates and units as the EHR wrote them. */
public final class ObservationRecords {
    private static final int FLAG = 40;
    private static final String NORMAL = "N";

    private final FhirServer server;

    /** The observations of this server. */
    public ObservationRecords(FhirServer server) {
        this.server = server;
    }

    ChartType<org.hl7.fhir.r4.model.Observation, Observation> type() {
        return new ChartType<>(
                org.hl7.fhir.r4.model.Observation.class,
                org.hl7.fhir.r4.model.Observation::getSubject,
                row -> row.getStatus() == ObservationStatus.ENTEREDINERROR,
                row -> Stream.concat(row.getComponent().stream(), row.getReferenceRange().stream()),
                (row, included) -> observation(row));
    }

    /** The observation in the hub's form. */
    public Observation observation(org.hl7.fhir.r4.model.Observation source) {
        var value = MeasuredValue.of(source.getValue(), source.getDataAbsentReason());
        return new Observation(
                new Reference(server.ehr(), "Observation", source.getIdPart()),
                Concepts.token(source.getCode()),
                Concepts.words(source.getCode()),
                value.number(),
                value.comparator(),
                value.unit(),
                value.text(),
                value.absent(),
                flag(source, value),
                ReferenceRange.of(source.getReferenceRange(), value.unit()),
                TimeSpan.written(source.getEffective()),
                source.getStatus() == ObservationStatus.FINAL || !source.hasStatus()
                        ? null
                        : source.getStatus().toCode(),
                source.getComponent().stream()
                        .map(ObservationRecords::component)
                        .toList(),
                Words.notes(source.getNote()),
                server.reference(source.getSubject()));
    }

    private static Observation.Component component(ObservationComponentComponent source) {
        var value = MeasuredValue.of(source.getValue(), source.getDataAbsentReason());
        return new Observation.Component(
                Concepts.token(source.getCode()),
                Concepts.words(source.getCode()),
                value.number(),
                value.comparator(),
                value.unit(),
                value.text(),
                value.absent());
    }

    /** That a number is normal goes without saying where the range beside it shows it. */
    private static @Nullable String flag(org.hl7.fhir.r4.model.Observation source, MeasuredValue value) {
        var flags = Words.joined(
                ",",
                source.getInterpretation().stream()
                        .map(one -> Optional.ofNullable(Concepts.bare(one)).orElseGet(() -> Concepts.words(one))),
                FLAG);
        return NORMAL.equals(flags) && ReferenceRange.shows(source.getReferenceRange(), value) ? null : flags;
    }
}

package org.ehrhub.fhir.charts;

import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.Immunization;
import org.ehrhub.tools.charts.Procedure;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;

/** FHIR's Immunization (R4, 11.5) and Procedure (9.3) in the hub's form. */
final class TreatmentRecords {
    private static final int SHORT = 120;
    private static final int TEXT = 300;

    private final FhirServer server;

    TreatmentRecords(FhirServer server) {
        this.server = server;
    }

    ChartType<org.hl7.fhir.r4.model.Immunization, Immunization> immunizations() {
        return new ChartType<>(
                org.hl7.fhir.r4.model.Immunization.class,
                org.hl7.fhir.r4.model.Immunization::getPatient,
                row -> row.getStatus() == ImmunizationStatus.ENTEREDINERROR,
                row -> row.getProtocolApplied().stream(),
                (row, included) -> immunization(row));
    }

    ChartType<org.hl7.fhir.r4.model.Procedure, Procedure> procedures() {
        return new ChartType<>(
                org.hl7.fhir.r4.model.Procedure.class,
                org.hl7.fhir.r4.model.Procedure::getSubject,
                row -> row.getStatus() == ProcedureStatus.ENTEREDINERROR,
                row -> Stream.concat(row.getPerformer().stream(), row.getFocalDevice().stream()),
                (row, included) -> procedure(row));
    }

    private Immunization immunization(org.hl7.fhir.r4.model.Immunization source) {
        return new Immunization(
                new Reference(server.ehr(), "Immunization", source.getIdPart()),
                Concepts.words(source.getVaccineCode()),
                Concepts.token(source.getVaccineCode()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                Concepts.wordsOrCode(source.getStatusReason()),
                Onset.written(source.getOccurrence()),
                Words.line(source.getLotNumber(), SHORT),
                isHearsay(source) ? Boolean.TRUE : null,
                server.reference(source.getPatient()));
    }

    private static boolean isHearsay(org.hl7.fhir.r4.model.Immunization source) {
        return source.hasPrimarySource() && !source.getPrimarySource();
    }

    private Procedure procedure(org.hl7.fhir.r4.model.Procedure source) {
        var performed = source.getPerformed();
        return new Procedure(
                new Reference(server.ehr(), "Procedure", source.getIdPart()),
                Concepts.words(source.getCode()),
                Concepts.token(source.getCode()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                performed instanceof Period period
                        ? period.getStartElement().getValueAsString()
                        : Onset.written(performed),
                performed instanceof Period period ? period.getEndElement().getValueAsString() : null,
                source.hasReasonCode()
                        ? Concepts.allWords(source.getReasonCode())
                        : Words.displays(source.getReasonReference(), TEXT),
                Concepts.wordsOrCode(source.getOutcome()),
                server.reference(source.getSubject()));
    }
}

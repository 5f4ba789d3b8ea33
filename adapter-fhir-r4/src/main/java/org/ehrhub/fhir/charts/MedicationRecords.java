package org.ehrhub.fhir.charts;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.Medication;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/** FHIR's MedicationRequest (R4, 11.1) in the hub's form, with the medicine it orders by name wherever that is kept. */
final class MedicationRecords {
    private static final int TEXT = 300;

    private final FhirServer server;

    MedicationRecords(FhirServer server) {
        this.server = server;
    }

    ChartType<MedicationRequest, Medication> type(Medicines medicines) {
        return new ChartType<>(
                MedicationRequest.class,
                MedicationRequest::getSubject,
                row -> row.getStatus() == MedicationRequestStatus.ENTEREDINERROR,
                row -> Stream.concat(
                        row.getDosageInstruction().stream(),
                        row.hasSubstitution() ? Stream.of(row.getSubstitution()) : Stream.empty()),
                (row, included) -> medication(row, medicines.of(row, included), included),
                rows -> medicines.warnings());
    }

    private Medication medication(MedicationRequest source, CodeableConcept medicine, Included included) {
        return new Medication(
                new Reference(server.ehr(), "MedicationRequest", source.getIdPart()),
                Concepts.words(medicine),
                Concepts.token(medicine),
                source.hasStatus() ? source.getStatus().toCode() : null,
                source.hasIntent() && source.getIntent() != MedicationRequestIntent.ORDER
                        ? source.getIntent().toCode()
                        : null,
                Words.joined("; ", source.getDosageInstruction().stream().map(MedicationRecords::dose), TEXT),
                source.getAuthoredOnElement().getValueAsString(),
                Actors.name(source.getRequester(), included),
                source.hasReasonCode()
                        ? Concepts.allWords(source.getReasonCode())
                        : Words.displays(source.getReasonReference(), TEXT),
                isReported(source) ? Boolean.TRUE : null,
                Words.notes(source.getNote()),
                server.reference(source.getSubject()));
    }

    private static boolean isReported(MedicationRequest source) {
        return source.getReported() instanceof BooleanType said
                ? Boolean.TRUE.equals(said.getValue())
                : source.hasReportedReference();
    }

    /** How to take it as somebody wrote it, else put together from what is coded. */
    private static @Nullable String dose(Dosage source) {
        if (source.hasText() || source.hasPatientInstruction()) {
            return source.hasText() ? source.getText() : source.getPatientInstruction();
        }
        return Words.joined(
                ", ",
                Stream.of(
                        amount(source),
                        Concepts.wordsOrCode(source.getRoute()),
                        times(source.getTiming()),
                        isAsNeeded(source) ? "as needed" : null,
                        Concepts.allWords(source.getAdditionalInstruction())),
                TEXT);
    }

    private static boolean isAsNeeded(Dosage source) {
        return source.getAsNeeded() instanceof BooleanType said
                ? Boolean.TRUE.equals(said.getValue())
                : source.hasAsNeededCodeableConcept();
    }

    private static @Nullable String amount(Dosage source) {
        return source.getDoseAndRate().stream()
                .map(one -> one.hasDoseRange()
                        ? MeasuredValue.written(one.getDoseRange())
                        : one.hasDoseQuantity() ? MeasuredValue.written(one.getDoseQuantity()) : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String times(Timing timing) {
        var repeat = timing.getRepeat();
        var words = Concepts.wordsOrCode(timing.getCode());
        if (words != null || !repeat.hasFrequency() || !repeat.hasPeriod() || !repeat.hasPeriodUnit()) {
            return words;
        }
        var period = repeat.getPeriod().stripTrailingZeros();
        var every = period.compareTo(BigDecimal.ONE) == 0 ? "" : period.toPlainString() + " ";
        return repeat.getFrequency() + "x per " + every + repeat.getPeriodUnit().toCode();
    }

    /** What a medicine is called: its own name, else its ingredients. */
    static CodeableConcept name(org.hl7.fhir.r4.model.Medication medicine) {
        if (medicine.hasCode()) {
            return medicine.getCode();
        }
        List<CodeableConcept> parts = medicine.getIngredient().stream()
                .filter(part -> part.hasItemCodeableConcept())
                .map(part -> part.getItemCodeableConcept())
                .toList();
        return new CodeableConcept().setText(Concepts.allWords(parts));
    }
}

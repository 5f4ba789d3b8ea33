package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.Allergy;
import org.ehrhub.tools.charts.Condition;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;

/** FHIR's Condition (R4, 9.2) and AllergyIntolerance (9.1) in the hub's form. */
final class ProblemRecords {
    private static final List<String> CATEGORIES =
            List.of("problem-list-item", "encounter-diagnosis", "health-concern");
    private static final String MISTAKEN = "entered-in-error";
    private static final int SHORT = 120;

    private final FhirServer server;

    ProblemRecords(FhirServer server) {
        this.server = server;
    }

    ChartType<org.hl7.fhir.r4.model.Condition, Condition> conditions() {
        return new ChartType<>(
                org.hl7.fhir.r4.model.Condition.class,
                org.hl7.fhir.r4.model.Condition::getSubject,
                row -> Concepts.hold(List.of(row.getVerificationStatus()), MISTAKEN),
                row -> Stream.concat(row.getStage().stream(), row.getEvidence().stream()),
                (row, included) -> condition(row));
    }

    ChartType<AllergyIntolerance, Allergy> allergies() {
        return new ChartType<>(
                AllergyIntolerance.class,
                AllergyIntolerance::getPatient,
                row -> Concepts.hold(List.of(row.getVerificationStatus()), MISTAKEN),
                row -> row.getReaction().stream(),
                (row, included) -> allergy(row));
    }

    private Condition condition(org.hl7.fhir.r4.model.Condition source) {
        return new Condition(
                new Reference(server.ehr(), "Condition", source.getIdPart()),
                Concepts.words(source.getCode()),
                Concepts.token(source.getCode()),
                Concepts.bare(source.getClinicalStatus()),
                doubt(source.getVerificationStatus()),
                category(source.getCategory()),
                Concepts.wordsOrCode(source.getSeverity()),
                Onset.written(source.getOnset()),
                Onset.written(source.getAbatement()),
                source.getRecordedDateElement().getValueAsString(),
                Words.notes(source.getNote()),
                server.reference(source.getSubject()));
    }

    private Allergy allergy(AllergyIntolerance source) {
        var what = source.hasCode() ? source.getCode() : substance(source);
        return new Allergy(
                new Reference(server.ehr(), "AllergyIntolerance", source.getIdPart()),
                Concepts.words(what),
                Concepts.token(what),
                Concepts.bare(source.getClinicalStatus()),
                doubt(source.getVerificationStatus()),
                source.hasType() ? source.getType().toCode() : null,
                source.hasCriticality() ? source.getCriticality().toCode() : null,
                source.getReaction().stream()
                        .flatMap(one -> Stream.ofNullable(reaction(one)))
                        .toList(),
                Onset.written(source.getOnset()),
                source.getRecordedDateElement().getValueAsString(),
                Words.notes(source.getNote()),
                server.reference(source.getPatient()));
    }

    /** FHIR lets a record without a code name the substance with each reaction. */
    private static CodeableConcept substance(AllergyIntolerance source) {
        return source.getReaction().stream()
                .map(AllergyIntoleranceReactionComponent::getSubstance)
                .filter(substance -> !substance.isEmpty())
                .findFirst()
                .orElseGet(CodeableConcept::new);
    }

    private static @Nullable String reaction(AllergyIntoleranceReactionComponent source) {
        var happened = Optional.ofNullable(Concepts.allWords(source.getManifestation()))
                .orElseGet(() -> Words.line(source.getDescription(), SHORT));
        var severity = source.hasSeverity() ? source.getSeverity().toCode() : null;
        return happened == null ? severity : severity == null ? happened : happened + " (" + severity + ")";
    }

    private static @Nullable String doubt(CodeableConcept verification) {
        var status = Concepts.bare(verification);
        return "confirmed".equals(status) ? null : status;
    }

    private static @Nullable String category(List<CodeableConcept> categories) {
        return CATEGORIES.stream()
                .filter(known -> Concepts.hold(categories, known))
                .findFirst()
                .orElseGet(() -> Concepts.firstWords(categories));
    }
}

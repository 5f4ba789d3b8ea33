package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.CarePlan;
import org.ehrhub.tools.charts.Encounter;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.jspecify.annotations.Nullable;

/** FHIR's Encounter (R4, 8.11) and CarePlan (9.5) in the hub's form. */
final class VisitRecords {
    /** The classes of HL7's ActEncounterCode (v3) in plain words. */
    private static final Map<String, String> KINDS = Map.of(
            "AMB", "ambulatory",
            "EMER", "emergency",
            "IMP", "inpatient",
            "ACUTE", "inpatient acute",
            "NONAC", "inpatient non-acute",
            "OBSENC", "observation",
            "SS", "short stay",
            "VR", "virtual",
            "HH", "home health",
            "PRENC", "pre-admission");

    private static final Set<String> NOT_CARERS = Set.of("Patient", "RelatedPerson");
    private static final int TEXT = 300;
    private static final int PEOPLE = 4;
    private static final int ACTIVITIES = 12;

    private final FhirServer server;

    VisitRecords(FhirServer server) {
        this.server = server;
    }

    ChartType<org.hl7.fhir.r4.model.Encounter, Encounter> encounters() {
        return new ChartType<>(
                org.hl7.fhir.r4.model.Encounter.class,
                org.hl7.fhir.r4.model.Encounter::getSubject,
                row -> row.getStatus() == EncounterStatus.ENTEREDINERROR,
                row -> Stream.concat(row.getParticipant().stream(), row.getLocation().stream()),
                this::encounter);
    }

    ChartType<org.hl7.fhir.r4.model.CarePlan, CarePlan> carePlans() {
        return new ChartType<>(
                org.hl7.fhir.r4.model.CarePlan.class,
                org.hl7.fhir.r4.model.CarePlan::getSubject,
                row -> row.getStatus() == CarePlanStatus.ENTEREDINERROR,
                row -> row.getActivity().stream().flatMap(one -> Stream.of(one, one.getDetail())),
                (row, included) -> carePlan(row));
    }

    private Encounter encounter(org.hl7.fhir.r4.model.Encounter source, Included included) {
        return new Encounter(
                new Reference(server.ehr(), "Encounter", source.getIdPart()),
                source.hasStatus() ? source.getStatus().toCode() : null,
                kind(source.getClass_()),
                Concepts.firstWords(source.getType()),
                source.getPeriod().getStartElement().getValueAsString(),
                source.getPeriod().getEndElement().getValueAsString(),
                source.hasReasonCode()
                        ? Concepts.allWords(source.getReasonCode())
                        : Words.displays(source.getReasonReference(), TEXT),
                source.getParticipant().stream()
                        .map(one -> one.getIndividual())
                        .filter(VisitRecords::isCarer)
                        .flatMap(one -> Stream.ofNullable(Actors.name(one, included)))
                        .distinct()
                        .limit(PEOPLE)
                        .toList(),
                source.getLocation().stream()
                        .flatMap(one -> Stream.ofNullable(Actors.name(one.getLocation(), included)))
                        .findFirst()
                        .orElse(null),
                server.reference(source.getSubject()));
    }

    private CarePlan carePlan(org.hl7.fhir.r4.model.CarePlan source) {
        return new CarePlan(
                new Reference(server.ehr(), "CarePlan", source.getIdPart()),
                Words.line(source.getTitle(), TEXT),
                source.hasStatus() ? source.getStatus().toCode() : null,
                Concepts.firstWords(source.getCategory()),
                source.getPeriod().getStartElement().getValueAsString(),
                source.getPeriod().getEndElement().getValueAsString(),
                Words.line(source.getDescription(), TEXT),
                activities(source.getActivity()),
                server.reference(source.getSubject()));
    }

    private static @Nullable String kind(Coding source) {
        var known = source.hasCode() ? KINDS.get(source.getCode()) : null;
        return known != null ? known : Words.line(source.hasDisplay() ? source.getDisplay() : source.getCode(), TEXT);
    }

    private static boolean isCarer(org.hl7.fhir.r4.model.Reference person) {
        var type = person.hasReference() ? person.getReferenceElement().getResourceType() : person.getType();
        return type == null || !NOT_CARERS.contains(type);
    }

    private static List<String> activities(List<CarePlanActivityComponent> source) {
        var shown = source.stream()
                .map(VisitRecords::activity)
                .filter(Objects::nonNull)
                .toList();
        return shown.size() <= ACTIVITIES
                ? shown
                : Stream.concat(
                                shown.stream().limit(ACTIVITIES),
                                Stream.of("… and " + (shown.size() - ACTIVITIES) + " more"))
                        .toList();
    }

    private static @Nullable String activity(CarePlanActivityComponent source) {
        if (!source.hasDetail()) {
            return Words.line(source.getReference().getDisplay(), TEXT);
        }
        var detail = source.getDetail();
        var words = detail.hasCode() ? Concepts.wordsOrCode(detail.getCode()) : detail.getDescription();
        return detail.getStatus() == CarePlanActivityStatus.ENTEREDINERROR || words == null
                ? null
                : Words.line(negated(detail) + words, TEXT) + status(detail);
    }

    private static String negated(CarePlanActivityDetailComponent detail) {
        return detail.getDoNotPerform() ? "NOT to be done: " : "";
    }

    private static String status(CarePlanActivityDetailComponent detail) {
        return detail.hasStatus() ? " (" + detail.getStatus().toCode() + ")" : "";
    }
}

package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentReschedule;
import org.ehrhub.tools.charts.Allergy;
import org.ehrhub.tools.charts.CarePlan;
import org.ehrhub.tools.charts.Condition;
import org.ehrhub.tools.charts.Encounter;
import org.ehrhub.tools.charts.Immunization;
import org.ehrhub.tools.charts.Medication;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.charts.Procedure;
import org.ehrhub.tools.charts.Report;
import org.ehrhub.tools.coverage.ClaimOutcome;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.Eligibility;
import org.ehrhub.tools.coverage.PriorAuth;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.messages.Message;
import org.ehrhub.tools.orders.Order;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.questionnaires.QuestionnaireAnswers;
import org.ehrhub.tools.tasks.Task;
import org.jspecify.annotations.Nullable;

/** What answers of any type are held to. */
final class Answers {
    /** The FHIR types that a record of the hub may be. */
    private static final Map<Class<?>, Set<String>> TYPES = Map.ofEntries(
            Map.entry(Patient.class, Set.of("Patient")),
            Map.entry(PatientMatch.class, Set.of("Patient")),
            Map.entry(Appointment.class, Set.of("Appointment")),
            Map.entry(Condition.class, Set.of("Condition")),
            Map.entry(Allergy.class, Set.of("AllergyIntolerance")),
            Map.entry(Medication.class, Set.of("MedicationRequest", "MedicationStatement")),
            Map.entry(Observation.class, Set.of("Observation")),
            Map.entry(Immunization.class, Set.of("Immunization")),
            Map.entry(Procedure.class, Set.of("Procedure")),
            Map.entry(Encounter.class, Set.of("Encounter")),
            Map.entry(CarePlan.class, Set.of("CarePlan")),
            Map.entry(Report.class, Set.of("DiagnosticReport")),
            Map.entry(Document.class, Set.of("DocumentReference")),
            Map.entry(Order.class, Set.of("ServiceRequest")),
            Map.entry(Task.class, Set.of("Task")),
            Map.entry(Coverage.class, Set.of("Coverage")),
            Map.entry(Eligibility.class, Set.of("CoverageEligibilityResponse")),
            Map.entry(PriorAuth.class, Set.of("ClaimResponse")),
            Map.entry(ClaimOutcome.class, Set.of("ClaimResponse")),
            Map.entry(Message.class, Set.of("Communication")),
            Map.entry(QuestionnaireAnswers.class, Set.of("QuestionnaireResponse")));

    private static final List<String> OWN = List.of("ref", "patient", "appointment");

    private Answers() {}

    /** The reference of a record itself; of one that has none, those of its parts. */
    static List<Reference> own(Record record) {
        return OWN.stream()
                .flatMap(name -> Inputs.value(record, name).stream())
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .findFirst()
                .map(List::of)
                .orElseGet(() -> references(record));
    }

    /** Holds every reference to this EHR, and the record's own to its type. */
    static void arePlausible(String ehr, Record record) {
        assertThat(references(record))
                .allSatisfy(reference ->
                        assertThat(reference.ehr()).as("EHR of " + reference).isEqualTo(ehr));
        Inputs.value(record, "subject")
                .ifPresent(subject -> assertThat(((Reference) subject).type()).isEqualTo("Patient"));
        parts(record)
                .filter(part -> TYPES.containsKey(part.getClass()))
                .map(Record.class::cast)
                .filter(part -> !references(part).isEmpty())
                .forEach(part -> assertThat(TYPES.get(part.getClass()))
                        .contains(own(part).getFirst().type()));
    }

    /** Holds two views of one record to each other: what both say must be the same. */
    static void agree(Record one, Record other) {
        assertThat(own(other)).isEqualTo(own(one));
        for (var component : one.getClass().getRecordComponents()) {
            var here = plain(Inputs.value(one, component));
            var there = plain(Inputs.value(other, component.getName()).orElse(null));
            if (here != null && there != null) {
                assertThat(there).as(component.getName()).isEqualTo(here);
            }
        }
    }

    /**
     * Holds an answer to the words of its input: what has the same name and type in both must be the same, but for what a
     * write changes. An appointment that is moved may be one of another id then.
     */
    static void echoes(Record input, Record answer) {
        for (var component : input.getClass().getRecordComponents()) {
            var asked = plain(Inputs.value(input, component));
            var held = plain(Inputs.value(answer, component.getName()).orElse(null));
            if (asked != null
                    && held != null
                    && held.getClass() == asked.getClass()
                    && !component.getName().equals("version")
                    && !(input instanceof AppointmentReschedule
                            && component.getName().equals("appointment"))) {
                assertThat(held).as(component.getName()).isEqualTo(asked);
            }
        }
    }

    private static List<Reference> references(Object value) {
        return parts(value)
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .toList();
    }

    /** A value, and every record and element in it. */
    private static Stream<Object> parts(Object value) {
        return switch (value) {
            case Reference reference -> Stream.of(reference);
            case Record record ->
                Stream.concat(
                        Stream.of(record),
                        Arrays.stream(record.getClass().getRecordComponents())
                                .flatMap(component -> Stream.ofNullable(Inputs.value(record, component)))
                                .flatMap(Answers::parts));
            case Collection<?> many -> many.stream().flatMap(Answers::parts);
            default -> Stream.of(value);
        };
    }

    /** A value that is compared as it is; null where it is made of others. */
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Reference reference -> reference;
            case BigDecimal number -> number.stripTrailingZeros();
            case OffsetDateTime time -> time.toInstant();
            case null, default -> null;
        };
    }
}

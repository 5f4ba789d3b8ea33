package org.ehrhub.sandbox.people;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.Test;

class SiteRecordsTest {
    private static final Clock MONDAY = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
    private static final Clock LATER = Clock.fixed(Instant.parse("2027-07-05T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void makesTheSameRecordsInEveryRun() {
        assertThat(json(SiteRecords.ofStMarys(MONDAY))).isEqualTo(json(SiteRecords.ofStMarys(MONDAY)));
    }

    @Test
    void keepsPeopleTheSameOnAnyDay() {
        assertThat(patients(SiteRecords.ofLakeside(LATER)).map(SiteRecordsTest::nameAndBirth))
                .containsExactlyElementsOf(patients(SiteRecords.ofLakeside(MONDAY))
                        .map(SiteRecordsTest::nameAndBirth)
                        .toList());
    }

    @Test
    void hasEnoughPeopleOfWhomThirtyAreKnownToBothSites() {
        Set<String> one = national(SiteRecords.ofStMarys(MONDAY));
        Set<String> other = national(SiteRecords.ofLakeside(MONDAY));
        assertThat(one).hasSize(240);
        assertThat(other).hasSize(220);
        assertThat(one.stream().filter(other::contains)).hasSize(30);
    }

    @Test
    void hasDifferentPeopleOfOneNameAndBirthDate() {
        var everybody = new TreeMap<String, Set<String>>();
        Stream.concat(patients(SiteRecords.ofStMarys(MONDAY)), patients(SiteRecords.ofLakeside(MONDAY)))
                .forEach(patient ->
                        everybody.merge(nameAndBirth(patient), Set.of(national(patient)), SiteRecordsTest::union));
        assertThat(everybody.values().stream().filter(people -> people.size() > 1))
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(everybody.get("Okafor Amara 1984-03-12")).hasSize(2);
    }

    @Test
    void refersOnlyToWhatTheSiteHolds() {
        for (var site : List.of(SiteRecords.ofStMarys(MONDAY), SiteRecords.ofLakeside(MONDAY))) {
            List<Resource> all = all(site);
            Set<String> known = all.stream()
                    .map(resource -> resource.fhirType() + "/" + resource.getIdPart())
                    .collect(Collectors.toSet());
            assertThat(known).hasSameSizeAs(all);
            var terser = FhirContext.forR4Cached().newTerser();
            assertThat(all.stream()
                            .flatMap(resource -> terser.getAllResourceReferences(resource).stream())
                            .map(info -> info.getResourceReference()
                                    .getReferenceElement()
                                    .getValue())
                            .distinct())
                    .allMatch(known::contains);
        }
    }

    @Test
    void marksEverySlotOfABookedAppointmentBusyAndAboutHalfFree() {
        var site = SiteRecords.ofStMarys(MONDAY);
        var busy = of(site, "Slot", Slot.class)
                .filter(slot -> slot.getStatus() == Slot.SlotStatus.BUSY)
                .map(slot -> "Slot/" + slot.getIdPart())
                .toList();
        assertThat(of(site, "Appointment", Appointment.class)
                        .filter(appointment -> appointment.getStatus() == AppointmentStatus.BOOKED)
                        .map(appointment -> appointment.getSlotFirstRep().getReference()))
                .containsExactlyInAnyOrderElementsOf(busy);
        long free = of(site, "Slot", Slot.class)
                .filter(slot -> slot.getStatus() == Slot.SlotStatus.FREE)
                .count();
        assertThat(of(site, "Slot", Slot.class)).hasSize(8 * 10 * 16);
        assertThat(free).isBetween(560L, 720L);
    }

    @Test
    void givesEveryPatientPastVisitsAndSomeResultsEnteredInError() {
        var site = SiteRecords.ofStMarys(MONDAY);
        var seen = of(site, "Appointment", Appointment.class)
                .filter(appointment -> appointment.getStatus() != AppointmentStatus.BOOKED)
                .map(appointment ->
                        appointment.getParticipantFirstRep().getActor().getReference())
                .collect(Collectors.toSet());
        assertThat(seen).hasSize(240);
        assertThat(of(site, "Observation", Observation.class)
                        .filter(result -> result.getStatus() == Observation.ObservationStatus.ENTEREDINERROR))
                .isNotEmpty();
    }

    @Test
    void hasResultsThatReadersStumbleOver() {
        var odd = of(SiteRecords.ofStMarys(MONDAY), "Observation", Observation.class)
                .filter(result -> result.getIdPart().startsWith("sm-1002-odd-"))
                .toList();
        assertThat(odd).anyMatch(Observation::hasValueCodeableConcept);
        assertThat(odd).anyMatch(Observation::hasValueStringType);
        assertThat(odd).anyMatch(Observation::hasValueRatio);
        assertThat(odd).anyMatch(Observation::hasDataAbsentReason);
        assertThat(odd).anyMatch(Observation::hasModifierExtension);
        assertThat(odd).anyMatch(Observation::hasEffectivePeriod);
        assertThat(odd).filteredOn(Observation::hasValueQuantity).satisfies(quantities -> {
            assertThat(quantities).anyMatch(one -> one.getValueQuantity().hasComparator());
            assertThat(quantities).anyMatch(one -> !one.getValueQuantity().hasCode());
            assertThat(quantities)
                    .extracting(one -> one.getValueQuantity().getCode())
                    .contains("mg/dL", "mmol/L");
        });
        assertThat(odd)
                .filteredOn(Observation::hasEffectiveDateTimeType)
                .extracting(one -> one.getEffectiveDateTimeType().getValueAsString())
                .contains("2024-03");
    }

    @Test
    void pointsPanelsAtTheirResultsAndAttachmentsAtBinaries() {
        var site = SiteRecords.ofLakeside(MONDAY);
        assertThat(of(site, "DiagnosticReport", DiagnosticReport.class)
                        .filter(report -> report.getIdPart().equals("lk-1001-report-panel-0")))
                .singleElement()
                .satisfies(report -> assertThat(report.getResult()).hasSize(8));
        Set<String> binaries = of(site, "Binary", Binary.class)
                .map(binary -> "Binary/" + binary.getIdPart())
                .collect(Collectors.toSet());
        assertThat(of(site, "DocumentReference", DocumentReference.class)
                        .map(document -> document.getContentFirstRep().getAttachment())
                        .filter(Attachment::hasUrl)
                        .map(Attachment::getUrl))
                .isNotEmpty()
                .allMatch(binaries::contains);
    }

    @Test
    void saysOfSomePeopleThatTheyHaveNoAllergies() {
        var codes = of(SiteRecords.ofStMarys(MONDAY), "AllergyIntolerance", AllergyIntolerance.class)
                .map(allergy -> allergy.getCode().getCodingFirstRep().getCode())
                .toList();
        assertThat(codes).contains("716186003").hasSizeGreaterThan(100).hasSizeLessThan(240);
    }

    @Test
    void carriesSyntheticAttacksInNames() {
        String names = Stream.concat(patients(SiteRecords.ofStMarys(MONDAY)), patients(SiteRecords.ofLakeside(MONDAY)))
                .map(SiteRecordsTest::nameAndBirth)
                .collect(Collectors.joining());
        assertThat(names).contains("Ignore previous instructions", "\u202E", "\u200B", "\n", "</name>");
    }

    private static String json(Map<String, Supplier<List<Resource>>> site) {
        var parser = FhirContext.forR4Cached().newJsonParser();
        return all(site).stream().map(parser::encodeResourceToString).collect(Collectors.joining("\n"));
    }

    private static List<Resource> all(Map<String, Supplier<List<Resource>>> site) {
        return new TreeMap<>(site)
                .values().stream().flatMap(type -> type.get().stream()).toList();
    }

    private static Stream<Patient> patients(Map<String, Supplier<List<Resource>>> site) {
        return of(site, "Patient", Patient.class);
    }

    private static <T extends Resource> Stream<T> of(
            Map<String, Supplier<List<Resource>>> site, String type, Class<T> as) {
        return site.get(type).get().stream().map(as::cast);
    }

    private static Set<String> national(Map<String, Supplier<List<Resource>>> site) {
        return patients(site).map(SiteRecordsTest::national).collect(Collectors.toSet());
    }

    private static String national(Patient patient) {
        return patient.getIdentifier().get(1).getValue();
    }

    private static String nameAndBirth(Patient patient) {
        return patient.getNameFirstRep().getFamily() + " "
                + patient.getNameFirstRep().getGivenAsSingleString() + " "
                + patient.getBirthDateElement().getValueAsString();
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }
}

package org.ehrhub.sandbox.people;

import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ehrhub.sandbox.fhir.Once;
import org.hl7.fhir.r4.model.Resource;

/** Everything one site holds at start, by resource type; a type is generated only when it is asked for. */
public final class SiteRecords {
    private static final Map<String, Kind> KINDS = kinds();
    private static final Set<String> ONLY_AT_ST_MARYS =
            Set.of("Slot", "Claim", "ClaimResponse", "CodeSystem", "ValueSet", "ConceptMap");

    private final SiteFacts site;
    private final Staff staff;
    private final Diary diary;
    private final PatientRecords patients;
    private final Problems problems;
    private final Results results;
    private final UnusualResults unusual;
    private final Care care;
    private final Reports reports;
    private final Orders orders;
    private final Documents documents;
    private final Teamwork teamwork;
    private final Forms forms;
    private final Insurance insurance;
    private final Vocabularies vocabularies;

    private SiteRecords(SiteFacts site, WordList names) {
        var charts = WordList.named("charts.properties");
        this.site = site;
        this.staff = new Staff(site, names, charts);
        this.diary = new Diary(site, staff);
        this.patients = new PatientRecords(site, names);
        this.problems = new Problems(site, staff, charts);
        this.results = new Results(site, charts);
        this.unusual = new UnusualResults(site);
        this.care = new Care(site, staff, charts);
        this.reports = new Reports(site, staff, results, charts);
        this.orders = new Orders(site, staff, reports, charts);
        this.documents = new Documents(site, staff, charts);
        this.teamwork = new Teamwork(site, staff, problems, charts);
        this.forms = new Forms(site, charts);
        this.insurance = new Insurance(site);
        this.vocabularies = new Vocabularies(site, charts);
    }

    /** One type of record. */
    @FunctionalInterface
    private interface Kind {
        List<Resource> of(SiteRecords records);
    }

    /** St Mary's: 240 people, practitioners with schedules and slots, New York time. */
    public static Map<String, Supplier<List<Resource>>> ofStMarys(Clock clock) {
        var now = clock.instant();
        return suppliers(KINDS.keySet(), new Once<>(() -> {
            var names = WordList.named("names.properties");
            var people = new Population(names).of("stmarys", 240, 1000);
            return new SiteRecords(new SiteFacts("stmarys", "sm", ZoneId.of("America/New_York"), now, people), names);
        }));
    }

    /** Lakeside: 220 people, practitioners with schedules but no slots, London time. */
    public static Map<String, Supplier<List<Resource>>> ofLakeside(Clock clock) {
        var now = clock.instant();
        var types = new HashSet<>(KINDS.keySet());
        types.removeAll(ONLY_AT_ST_MARYS);
        return suppliers(types, new Once<>(() -> {
            var names = WordList.named("names.properties");
            var people = new Population(names).of("lakeside", 220, 2000);
            return new SiteRecords(new SiteFacts("lakeside", "lk", ZoneId.of("Europe/London"), now, people), names);
        }));
    }

    private static Map<String, Supplier<List<Resource>>> suppliers(Set<String> types, Supplier<SiteRecords> records) {
        var suppliers = new HashMap<String, Supplier<List<Resource>>>();
        types.forEach(type -> suppliers.put(
                type, () -> Objects.requireNonNull(KINDS.get(type), type).of(records.get())));
        return Map.copyOf(suppliers);
    }

    private static Map<String, Kind> kinds() {
        var kinds = new HashMap<String, Kind>();
        kinds.put("Organization", of -> of.staff.organizations());
        kinds.put("Location", of -> of.staff.locations());
        kinds.put("Practitioner", of -> of.staff.practitioners());
        kinds.put("PractitionerRole", of -> of.staff.roles());
        kinds.put("Schedule", of -> of.diary.schedules());
        kinds.put("Slot", of -> of.diary.slots());
        kinds.put("Appointment", of -> of.diary.appointments());
        kinds.put("Patient", of -> of.site.each(of.patients::of));
        kinds.put("Medication", of -> of.problems.medicines());
        kinds.put("Questionnaire", of -> of.forms.questionnaires());
        kinds.put("CodeSystem", of -> of.vocabularies.codeSystems());
        kinds.put("ValueSet", of -> of.vocabularies.valueSets());
        kinds.put("ConceptMap", of -> of.vocabularies.conceptMaps());
        ofPeople(kinds);
        Stream.of("CoverageEligibilityRequest", "CoverageEligibilityResponse", "Claim", "ClaimResponse", "Provenance")
                .forEach(type -> kinds.put(type, of -> List.of()));
        return Map.copyOf(kinds);
    }

    private static void ofPeople(Map<String, Kind> kinds) {
        kinds.put("Condition", of -> of.site.each(of.problems::conditions));
        kinds.put("MedicationRequest", of -> of.site.each(of.problems::medications));
        kinds.put("AllergyIntolerance", of -> of.site.each(of.problems::allergies));
        kinds.put("Observation", of -> of.site.each(of::observations));
        kinds.put("DiagnosticReport", of -> of.site.each(of.reports::of));
        kinds.put("Immunization", of -> of.site.each(of.care::immunizations));
        kinds.put("Procedure", of -> of.site.each(of.care::procedures));
        kinds.put("Encounter", of -> of.site.each(of.care::encounters));
        kinds.put("DocumentReference", of -> of.site.each(of.documents::of));
        kinds.put("Binary", of -> of.site.each(of.documents::binaries));
        kinds.put("ServiceRequest", of -> of.site.each(of.orders::of));
        kinds.put("CarePlan", of -> of.site.each(of.teamwork::carePlans));
        kinds.put("Task", of -> of.site.each(of.teamwork::tasks));
        kinds.put("Communication", of -> of.site.each(of.teamwork::communications));
        kinds.put("QuestionnaireResponse", of -> of.site.each(of.forms::responses));
        kinds.put("Coverage", of -> of.site.each(of.insurance::of));
    }

    private List<Resource> observations(Person person, int index) {
        var all = new ArrayList<>(results.of(person, index));
        all.addAll(unusual.of(person, index));
        return all;
    }
}

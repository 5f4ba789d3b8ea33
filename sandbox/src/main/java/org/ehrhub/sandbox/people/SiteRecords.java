package org.ehrhub.sandbox.people;

import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;

/** Everything one site holds at start, by resource type; a type is generated only when it is asked for. */
public final class SiteRecords {
    private SiteRecords() {}

    /** St Mary's: 240 people, practitioners with schedules and slots, New York time. */
    public static Map<String, Supplier<List<Resource>>> ofStMarys(Clock clock) {
        var names = WordList.named("names.properties");
        var site = new SiteFacts(
                "stmarys",
                "sm",
                ZoneId.of("America/New_York"),
                clock.instant(),
                new Population(names).of("stmarys", 240, 1000));
        return records(site, names, true);
    }

    /** Lakeside: 220 people, practitioners with schedules but no slots, London time. */
    public static Map<String, Supplier<List<Resource>>> ofLakeside(Clock clock) {
        var names = WordList.named("names.properties");
        var site = new SiteFacts(
                "lakeside",
                "lk",
                ZoneId.of("Europe/London"),
                clock.instant(),
                new Population(names).of("lakeside", 220, 2000));
        return records(site, names, false);
    }

    private static Map<String, Supplier<List<Resource>>> records(SiteFacts site, WordList names, boolean slots) {
        var charts = WordList.named("charts.properties");
        var staff = new Staff(site, names, charts);
        var patients = new PatientRecords(site, names);
        var problems = new Problems(site, charts);
        var results = new Results(site, charts);
        var care = new Care(site, charts);
        var diary = new Diary(site, staff);
        var records = new HashMap<String, Supplier<List<Resource>>>();
        records.put("Organization", staff::organizations);
        records.put("Location", staff::locations);
        records.put("Practitioner", staff::practitioners);
        records.put("PractitionerRole", staff::roles);
        records.put("Schedule", diary::schedules);
        records.put("Appointment", diary::appointments);
        if (slots) {
            records.put("Slot", diary::slots);
        }
        records.put("Patient", () -> site.each(patients::of));
        records.put("Condition", () -> site.each(problems::conditions));
        records.put("MedicationRequest", () -> site.each(problems::medications));
        records.put("AllergyIntolerance", () -> site.each(problems::allergies));
        records.put("Observation", () -> site.each(results::of));
        records.put("Immunization", () -> site.each(care::immunizations));
        records.put("Procedure", () -> site.each(care::procedures));
        records.put("Encounter", () -> site.each(care::encounters));
        records.put("Coverage", () -> site.each(care::coverage));
        records.put("DocumentReference", () -> site.each(care::documents));
        return Map.copyOf(records);
    }
}

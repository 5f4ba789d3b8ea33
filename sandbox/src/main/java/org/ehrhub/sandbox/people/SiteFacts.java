package org.ehrhub.sandbox.people;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What all records of a site are drawn from.
 *
 * @param key    the site's name in its identifiers
 * @param prefix how its resource ids begin
 * @param now    when the sandbox started; only diaries and past visits hang on it
 */
record SiteFacts(String key, String prefix, ZoneId zone, Instant now, List<Person> people) {
    static final String SNOMED = "http://snomed.info/sct";
    static final String LOINC = "http://loinc.org";

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    LocalDate today() {
        return now.atZone(zone).toLocalDate();
    }

    String patientId(int index) {
        return prefix + "-" + (1001 + index);
    }

    Reference patient(int index) {
        return new Reference("Patient/" + patientId(index));
    }

    /** What one builder makes of every person, given the person's place in the list. */
    List<Resource> each(BiFunction<Person, Integer, ? extends List<? extends Resource>> builder) {
        var made = new ArrayList<Resource>();
        for (int index = 0; index < people.size(); index++) {
            made.addAll(builder.apply(people.get(index), index));
        }
        return made;
    }

    /** The same numbers in every run for one person, site and subject. */
    SplittableRandom random(int number, String subject) {
        return new SplittableRandom(
                Population.SEED ^ (number * 1_000_003L) ^ ((long) (key + subject).hashCode() << 20));
    }

    /** A moment as FHIR writes it, with the site's offset. */
    String written(ZonedDateTime moment) {
        return moment.withZoneSameInstant(zone).format(WRITTEN);
    }

    static CodeableConcept concept(String system, String code, String display) {
        var concept = new CodeableConcept();
        concept.addCoding().setSystem(system).setCode(code).setDisplay(display);
        return concept.setText(display);
    }

    /** A code of HL7's own terminology: only the last part of the system's address is given. */
    static CodeableConcept hl7(String system, String code) {
        var concept = new CodeableConcept();
        concept.addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/" + system)
                .setCode(code);
        return concept;
    }
}

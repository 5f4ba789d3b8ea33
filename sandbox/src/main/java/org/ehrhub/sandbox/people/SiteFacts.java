package org.ehrhub.sandbox.people;

import java.math.BigDecimal;
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
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Quantity;
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
    static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    static final String CVX = "http://hl7.org/fhir/sid/cvx";
    static final String ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm";

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

    Reference hospital() {
        return new Reference("Organization/" + prefix + "-org");
    }

    /** A reference to another record of the same person. */
    Reference own(String type, int index, String suffix) {
        return new Reference(type + "/" + patientId(index) + suffix);
    }

    /** An identifier of the site's own making; the name is the last part of its system. */
    Identifier identifier(String name, String value) {
        return new Identifier().setSystem("https://" + key + ".example/" + name).setValue(value);
    }

    /** The address of one of the site's own definitions. */
    String definition(String path) {
        return "https://" + key + ".example/fhir/" + path;
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

    /** A moment some days before the start. */
    DateTimeType past(int days, int hour, int minute) {
        return new DateTimeType(
                written(today().minusDays(days).atTime(hour, minute).atZone(zone)));
    }

    /** A day some days before the start. */
    DateTimeType pastDay(int days) {
        return new DateTimeType(today().minusDays(days).toString());
    }

    static Quantity quantity(BigDecimal value, String unit) {
        return new Quantity()
                .setValue(value)
                .setUnit(unit)
                .setSystem("http://unitsofmeasure.org")
                .setCode(unit);
    }

    static CodeableConcept concept(String system, String code, String display) {
        var concept = new CodeableConcept();
        concept.addCoding().setSystem(system).setCode(code).setDisplay(display);
        return concept.setText(display);
    }

    /** A LOINC code as the people of a laboratory call it, who leave the rest of its name to the code. */
    static CodeableConcept analyte(String code, String display) {
        return concept(LOINC, code, display).setText(display.split(" \\[|/", 2)[0]);
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

package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.SNOMED;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategory;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Resource;

/** What a person has and takes: conditions, the usual medication of each, allergies. */
final class Problems {
    private final SiteFacts site;
    private final List<List<String>> conditions;
    private final List<List<String>> allergies;

    Problems(SiteFacts site, WordList charts) {
        this.site = site;
        this.conditions = charts.lines("condition");
        this.allergies = charts.lines("allergy");
    }

    List<Resource> conditions(Person person, int index) {
        var random = site.random(person.number(), "Condition");
        var made = new ArrayList<Resource>();
        for (int chosen : chosen(person)) {
            List<String> line = conditions.get(chosen);
            var code = concept(SNOMED, line.get(0), line.get(1));
            code.addCoding()
                    .setSystem("http://hl7.org/fhir/sid/icd-10-cm")
                    .setCode(line.get(2))
                    .setDisplay(line.get(3));
            boolean resolved = random.nextInt(8) == 0;
            boolean mistaken = random.nextInt(25) == 0;
            var condition = new Condition();
            condition.setId(site.patientId(index) + "-cond-" + chosen);
            condition
                    .addCategory(hl7("condition-category", "problem-list-item"))
                    .setCode(code)
                    .setSubject(site.patient(index))
                    .setVerificationStatus(hl7("condition-ver-status", mistaken ? "entered-in-error" : "confirmed"))
                    .setOnset(new DateTimeType(since(person, chosen).toString()));
            if (!mistaken) {
                condition.setClinicalStatus(hl7("condition-clinical", resolved ? "resolved" : "active"));
            }
            made.add(condition);
        }
        return made;
    }

    List<Resource> medications(Person person, int index) {
        var random = site.random(person.number(), "MedicationRequest");
        var made = new ArrayList<Resource>();
        for (int chosen : chosen(person)) {
            List<String> line = conditions.get(chosen);
            var request = new MedicationRequest();
            request.setId(site.patientId(index) + "-med-" + chosen);
            request.setStatus(status(random.nextInt(10)))
                    .setIntent(MedicationRequestIntent.ORDER)
                    .setMedication(concept("http://www.nlm.nih.gov/research/umls/rxnorm", line.get(4), line.get(5)))
                    .setSubject(site.patient(index))
                    .setAuthoredOnElement(
                            new DateTimeType(since(person, chosen).plusDays(3).toString()));
            request.addDosageInstruction().setText(random.nextBoolean() ? "Once daily" : "Twice daily with food");
            made.add(request);
        }
        return made;
    }

    List<Resource> allergies(Person person, int index) {
        var random = site.random(person.number(), "AllergyIntolerance");
        if (random.nextInt(3) != 0) {
            return List.of();
        }
        List<String> line = Population.one(allergies, random);
        var allergy = new AllergyIntolerance();
        allergy.setId(site.patientId(index) + "-allergy-1");
        allergy.setClinicalStatus(hl7("allergyintolerance-clinical", "active"))
                .setVerificationStatus(hl7("allergyintolerance-verification", "confirmed"))
                .addCategory(AllergyIntoleranceCategory.fromCode(line.get(2)))
                .setCode(concept(SNOMED, line.get(0), line.get(1)))
                .setPatient(site.patient(index));
        allergy.addReaction().addManifestation(concept(SNOMED, line.get(3), line.get(4)));
        return List.of(allergy);
    }

    /** The same conditions for a person's list and for the medications that treat them. */
    private Iterable<Integer> chosen(Person person) {
        var random = site.random(person.number(), "Problems");
        var chosen = new TreeSet<Integer>();
        int count = random.nextInt(5);
        for (int draw = 0; draw < count; draw++) {
            chosen.add(random.nextInt(conditions.size()));
        }
        return chosen;
    }

    private LocalDate since(Person person, int chosen) {
        var random = site.random(person.number(), "Since" + chosen);
        return site.today().minusDays(60 + random.nextInt(3000));
    }

    private static MedicationRequestStatus status(int draw) {
        return switch (draw) {
            case 0 -> MedicationRequestStatus.STOPPED;
            case 1 -> MedicationRequestStatus.COMPLETED;
            case 2 -> MedicationRequestStatus.ONHOLD;
            default -> MedicationRequestStatus.ACTIVE;
        };
    }
}

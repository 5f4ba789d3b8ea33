package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.ICD10CM;
import static org.ehrhub.sandbox.people.SiteFacts.RXNORM;
import static org.ehrhub.sandbox.people.SiteFacts.SNOMED;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategory;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticality;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceSeverity;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Timing;

/**
 * What a person has and takes: conditions on the problem list and diagnoses of visits, the usual medication of each, some of
 * them by reference, some only told by the patient; allergies, and for some that they have none.
 */
final class Problems {
    /** Above it are the numbers of the people whom the word list names. */
    private static final int FIRST_NAMED = 9000;

    private final SiteFacts site;
    private final List<List<String>> conditions;
    private final List<List<String>> diagnoses;
    private final List<List<String>> allergies;
    private final Staff staff;

    Problems(SiteFacts site, Staff staff, WordList charts) {
        this.site = site;
        this.staff = staff;
        this.diagnoses = charts.lines("diagnosis");
        this.conditions = charts.lines("condition");
        this.allergies = charts.lines("allergy");
    }

    List<Resource> conditions(Person person, int index) {
        var random = site.random(person.number(), "Condition");
        var made = new ArrayList<Resource>();
        for (int chosen : chosen(person)) {
            List<String> line = conditions.get(chosen);
            boolean resolved = random.nextInt(8) == 0;
            boolean mistaken = random.nextInt(25) == 0;
            var condition = new Condition();
            condition.setId(site.patientId(index) + "-cond-" + chosen);
            condition
                    .addCategory(hl7("condition-category", "problem-list-item"))
                    .setCode(coded(line))
                    .setSubject(site.patient(index))
                    .setVerificationStatus(hl7("condition-ver-status", mistaken ? "entered-in-error" : "confirmed"))
                    .setOnset(new DateTimeType(since(person, chosen).toString()))
                    .setRecordedDateElement(
                            new DateTimeType(since(person, chosen).plusDays(1).toString()));
            if (!mistaken) {
                condition.setClinicalStatus(hl7("condition-clinical", resolved ? "resolved" : "active"));
            }
            if (resolved) {
                condition.setAbatement(
                        new DateTimeType(since(person, chosen).plusDays(50).toString()));
            }
            made.add(condition);
        }
        diagnosis(person, index).ifPresent(made::add);
        return made;
    }

    /** For every third person what the newest visit found, which is over now. */
    private Optional<Condition> diagnosis(Person person, int index) {
        if (index % 3 != 0) {
            return Optional.empty();
        }
        var random = site.random(person.number(), "Diagnosis");
        var found = new Condition();
        found.setId(site.patientId(index) + "-dx-0");
        return Optional.of(found.addCategory(hl7("condition-category", "encounter-diagnosis"))
                .setCode(coded(Population.one(diagnoses, random)))
                .setSubject(site.patient(index))
                .setEncounter(site.own("Encounter", index, "-enc-0"))
                .setClinicalStatus(hl7("condition-clinical", "resolved"))
                .setVerificationStatus(hl7("condition-ver-status", "confirmed"))
                .setRecordedDateElement(site.pastDay(20 + random.nextInt(300))));
    }

    private static CodeableConcept coded(List<String> line) {
        var code = concept(SNOMED, line.get(0), line.get(1));
        code.addCoding().setSystem(ICD10CM).setCode(line.get(2)).setDisplay(line.get(3));
        return code;
    }

    List<Resource> medications(Person person, int index) {
        var random = site.random(person.number(), "MedicationRequest");
        var made = new ArrayList<Resource>();
        for (int chosen : chosen(person)) {
            List<String> line = conditions.get(chosen);
            var request = requested(person, index, "-med-" + chosen, line);
            request.setStatus(status(random.nextInt(10)))
                    .setAuthoredOnElement(
                            new DateTimeType(since(person, chosen).plusDays(3).toString()));
            if (chosen % 3 == 0) {
                request.setMedication(new Reference("Medication/" + medicationId(line)).setDisplay(line.get(5)));
            }
            dose(request, random.nextBoolean());
            made.add(request);
        }
        if (index % 6 == 1) {
            var told = requested(
                    person, index, "-med-told", List.of("", "", "", "", "310965", "ibuprofen 200 MG Oral Tablet"));
            told.setStatus(MedicationRequestStatus.ACTIVE)
                    .setIntent(MedicationRequestIntent.PLAN)
                    .setReported(new BooleanType(true))
                    .setAuthoredOnElement(site.pastDay(45));
            told.addDosageInstruction()
                    .setText("One or two tablets when needed")
                    .setAsNeeded(new BooleanType(true));
            made.add(told);
        }
        return made;
    }

    /** The medications that requests refer to. */
    List<Resource> medicines() {
        var made = new TreeMap<String, Resource>();
        for (List<String> line : conditions) {
            var medication = new Medication().setCode(concept(RXNORM, line.get(4), line.get(5)));
            medication.setId(medicationId(line));
            made.put(medication.getId(), medication);
        }
        return List.copyOf(made.values());
    }

    private String medicationId(List<String> line) {
        return site.prefix() + "-drug-" + line.get(4);
    }

    private MedicationRequest requested(Person person, int index, String suffix, List<String> line) {
        var random = site.random(person.number(), "Prescriber");
        var request = new MedicationRequest();
        request.setId(site.patientId(index) + suffix);
        return request.setIntent(MedicationRequestIntent.ORDER)
                .setMedication(concept(RXNORM, line.get(4), line.get(5)))
                .setSubject(site.patient(index))
                .setRequester(staff.practitioner(random.nextInt(Staff.PRACTITIONERS)));
    }

    private static void dose(MedicationRequest request, boolean once) {
        var dose = request.addDosageInstruction().setText(once ? "Once daily" : "Twice daily with food");
        dose.getTiming().getRepeat().setFrequency(once ? 1 : 2).setPeriod(1).setPeriodUnit(Timing.UnitsOfTime.D);
        dose.addDoseAndRate().setDose(new Quantity().setValue(1).setUnit("dose"));
    }

    List<Resource> allergies(Person person, int index) {
        var random = site.random(person.number(), "AllergyIntolerance");
        int draw = random.nextInt(3);
        if (draw == 2) {
            return List.of();
        }
        var allergy = new AllergyIntolerance();
        allergy.setId(site.patientId(index) + "-allergy-1");
        allergy.setClinicalStatus(hl7("allergyintolerance-clinical", "active"))
                .setVerificationStatus(hl7("allergyintolerance-verification", "confirmed"))
                .setPatient(site.patient(index));
        if (draw == 1) {
            return List.of(allergy.setCode(concept(SNOMED, "716186003", "No known allergy")));
        }
        List<String> line = Population.one(allergies, random);
        allergy.addCategory(AllergyIntoleranceCategory.fromCode(line.get(2)))
                .setCriticality(AllergyIntoleranceCriticality.fromCode(line.get(5)))
                .setCode(concept(SNOMED, line.get(0), line.get(1)))
                .setRecordedDateElement(site.pastDay(100 + random.nextInt(2000)))
                .addReaction()
                .setSeverity(AllergyIntoleranceSeverity.fromCode(line.get(6)))
                .addManifestation(concept(SNOMED, line.get(3), line.get(4)));
        return List.of(allergy);
    }

    /** The same conditions for a person's list and for the medications that treat them; a named person has some. */
    Iterable<Integer> chosen(Person person) {
        var random = site.random(person.number(), "Problems");
        var chosen = new TreeSet<Integer>();
        int count = Math.max(random.nextInt(5), person.number() > FIRST_NAMED ? 2 : 0);
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

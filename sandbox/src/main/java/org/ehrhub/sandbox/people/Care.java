package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.CVX;
import static org.ehrhub.sandbox.people.SiteFacts.SNOMED;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Resource;

/** What was done for a person: encounters, immunizations, procedures. */
final class Care {
    private final SiteFacts site;
    private final List<List<String>> vaccines;
    private final List<List<String>> procedures;
    private final List<List<String>> reasons;
    private final Staff staff;

    Care(SiteFacts site, Staff staff, WordList charts) {
        this.site = site;
        this.staff = staff;
        this.vaccines = charts.lines("vaccine");
        this.procedures = charts.lines("procedure");
        this.reasons = charts.lines("reason");
    }

    List<Resource> encounters(Person person, int index) {
        var random = site.random(person.number(), "Encounter");
        var made = new ArrayList<Resource>();
        int count = 1 + random.nextInt(3);
        for (int visit = 0; visit < count; visit++) {
            var start = site.today()
                    .minusDays(10 + random.nextInt(1500))
                    .atTime(9 + random.nextInt(8), 0)
                    .atZone(site.zone());
            boolean emergency = random.nextInt(5) == 0;
            var encounter = new Encounter();
            encounter.setId(site.patientId(index) + "-enc-" + visit);
            encounter
                    .setStatus(EncounterStatus.FINISHED)
                    .setClass_(new Coding()
                            .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                            .setCode(emergency ? "EMER" : "AMB"))
                    .addType(
                            emergency
                                    ? concept(SNOMED, "50849002", "Emergency room admission")
                                    : concept(SNOMED, "185349003", "Encounter for check up"))
                    .setSubject(site.patient(index))
                    .setPeriod(new Period()
                            .setStartElement(new DateTimeType(site.written(start)))
                            .setEndElement(new DateTimeType(site.written(start.plusMinutes(40)))));
            made.add(visited(encounter, person, visit));
        }
        return made;
    }

    private Encounter visited(Encounter encounter, Person person, int visit) {
        var random = site.random(person.number(), "Visit" + visit);
        List<String> reason = Population.one(reasons, random);
        int practitioner = random.nextInt(Staff.PRACTITIONERS);
        encounter.addParticipant().setIndividual(staff.practitioner(practitioner));
        encounter.addLocation().setLocation(staff.location(practitioner));
        return encounter
                .addIdentifier(site.identifier("visit", encounter.getIdPart()).setType(hl7("v2-0203", "VN")))
                .addReasonCode(concept(SNOMED, reason.get(0), reason.get(1)))
                .setServiceProvider(site.hospital());
    }

    List<Resource> immunizations(Person person, int index) {
        var random = site.random(person.number(), "Immunization");
        var made = new ArrayList<Resource>();
        int count = random.nextInt(vaccines.size());
        for (int dose = 0; dose < count; dose++) {
            List<String> line = vaccines.get(dose);
            var immunization = new Immunization();
            immunization.setId(site.patientId(index) + "-imm-" + dose);
            boolean refused = random.nextInt(20) == 0;
            immunization
                    .setStatus(refused ? ImmunizationStatus.NOTDONE : ImmunizationStatus.COMPLETED)
                    .setPrimarySource(true)
                    .setVaccineCode(concept(CVX, line.get(0), line.get(1)))
                    .setPatient(site.patient(index))
                    .setOccurrence(new DateTimeType(
                            site.today().minusDays(30 + random.nextInt(1000)).toString()));
            if (refused) {
                immunization.setStatusReason(hl7("v3-ActReason", "PATOBJ"));
            } else {
                immunization.setLotNumber("L%d-%d".formatted(person.number(), dose));
            }
            made.add(immunization);
        }
        return made;
    }

    List<Resource> procedures(Person person, int index) {
        var random = site.random(person.number(), "Procedure");
        if (random.nextInt(5) != 0) {
            return List.of();
        }
        List<String> line = Population.one(procedures, random);
        var procedure = new Procedure();
        procedure.setId(site.patientId(index) + "-proc-1");
        procedure
                .setStatus(ProcedureStatus.COMPLETED)
                .setCode(concept(SNOMED, line.get(0), line.get(1)))
                .setSubject(site.patient(index))
                .setPerformed(new DateTimeType(
                        site.today().minusDays(200 + random.nextInt(3000)).toString()));
        return List.of(procedure);
    }
}

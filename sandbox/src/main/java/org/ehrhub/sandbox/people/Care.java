package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.LOINC;
import static org.ehrhub.sandbox.people.SiteFacts.SNOMED;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What was done for a person and who pays: encounters, immunizations, procedures, notes, coverage. */
final class Care {
    private final SiteFacts site;
    private final List<List<String>> vaccines;
    private final List<List<String>> procedures;
    private final List<List<String>> notes;

    Care(SiteFacts site, WordList charts) {
        this.site = site;
        this.vaccines = charts.lines("vaccine");
        this.procedures = charts.lines("procedure");
        this.notes = charts.lines("note");
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
            made.add(encounter);
        }
        return made;
    }

    List<Resource> immunizations(Person person, int index) {
        var random = site.random(person.number(), "Immunization");
        var made = new ArrayList<Resource>();
        int count = random.nextInt(vaccines.size());
        for (int dose = 0; dose < count; dose++) {
            List<String> line = vaccines.get(dose);
            var immunization = new Immunization();
            immunization.setId(site.patientId(index) + "-imm-" + dose);
            immunization
                    .setStatus(random.nextInt(20) == 0 ? ImmunizationStatus.NOTDONE : ImmunizationStatus.COMPLETED)
                    .setVaccineCode(concept("http://hl7.org/fhir/sid/cvx", line.get(0), line.get(1)))
                    .setPatient(site.patient(index))
                    .setOccurrence(new DateTimeType(
                            site.today().minusDays(30 + random.nextInt(1000)).toString()));
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

    List<Resource> coverage(Person person, int index) {
        var random = site.random(person.number(), "Coverage");
        var coverage = new Coverage();
        coverage.setId(site.patientId(index) + "-cov-1");
        coverage.setStatus(random.nextInt(6) == 0 ? CoverageStatus.CANCELLED : CoverageStatus.ACTIVE)
                .setType(hl7("v3-ActCode", random.nextBoolean() ? "EHCPOL" : "PUBLICPOL"))
                .setSubscriberId("M%08d".formatted(random.nextInt(100_000_000)))
                .setBeneficiary(site.patient(index))
                .addPayor(new Reference("Organization/" + site.prefix() + "-payer"))
                .setPeriod(new Period()
                        .setStartElement(new DateTimeType(site.today()
                                .withDayOfYear(1)
                                .minusYears(random.nextInt(4))
                                .toString())));
        return List.of(coverage);
    }

    List<Resource> documents(Person person, int index) {
        var random = site.random(person.number(), "DocumentReference");
        if (random.nextInt(2) != 0) {
            return List.of();
        }
        var written =
                site.today().minusDays(5 + random.nextInt(700)).atTime(12, 0).atZone(site.zone());
        var document = new DocumentReference();
        document.setId(site.patientId(index) + "-doc-1");
        document.setStatus(DocumentReferenceStatus.CURRENT)
                .setType(concept(LOINC, "11506-3", "Progress note"))
                .setSubject(site.patient(index))
                .setDateElement(new InstantType(site.written(written)));
        document.addContent()
                .getAttachment()
                .setContentType("text/plain")
                .setData(Population.one(notes, random).getFirst().getBytes(StandardCharsets.UTF_8));
        return List.of(document);
    }
}

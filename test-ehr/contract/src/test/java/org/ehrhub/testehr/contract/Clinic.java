package org.ehrhub.testehr.contract;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/** People and free times that one test class alone knows of. */
final class Clinic {
    private static final OffsetDateTime FIRST_DAY = OffsetDateTime.parse("2040-01-02T09:00:00+01:00");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final int SLOTS = 16;
    private static final int PATIENTS = 6;

    private final Wire ehr;
    private final String mark = UUID.randomUUID().toString();
    private final OffsetDateTime opens = FIRST_DAY.plusDays(Math.floorMod(mark.hashCode(), 3000));

    Clinic(Wire ehr) {
        this.ehr = ehr;
    }

    /** How all family names begin. */
    String family() {
        return mark;
    }

    OffsetDateTime opens() {
        return opens;
    }

    void found() throws IOException, InterruptedException {
        for (int number = 1; number <= PATIENTS; number++) {
            create(patient(number));
        }
        var practitioner = new Practitioner();
        practitioner.addName().setFamily("Hill").addGiven("Grace");
        var schedule = new Schedule().addServiceType(service());
        schedule.addActor(new Reference("Practitioner/" + create(practitioner)));
        schedule.addActor(new Reference("Location/" + create(new Location().setName("Room 1"))).setDisplay("Room 1"));
        var reference = "Schedule/" + create(schedule);
        for (int number = 0; number < SLOTS; number++) {
            create(slot(reference, opens.plusMinutes(30L * number)));
        }
    }

    private Patient patient(int number) {
        var patient = new Patient()
                .setActive(true)
                .setGender(number % 2 == 0 ? AdministrativeGender.FEMALE : AdministrativeGender.MALE)
                .setBirthDateElement(new DateType("194%d-03-21".formatted(number)));
        patient.addName().setFamily(mark + number).addGiven(number % 2 == 0 ? "Ada" : "Alan");
        patient.addIdentifier().setSystem("urn:example:mrn").setValue(mark + "-" + number);
        patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("+1 518 555 010%d".formatted(number));
        return patient;
    }

    private static Slot slot(String schedule, OffsetDateTime start) {
        return new Slot()
                .setSchedule(new Reference(schedule))
                .setStatus(SlotStatus.FREE)
                .addServiceType(service())
                .setStartElement(new InstantType(SECONDS.format(start)))
                .setEndElement(new InstantType(SECONDS.format(start.plusMinutes(30))));
    }

    private static CodeableConcept service() {
        return new CodeableConcept(new Coding("urn:example:services", "checkup", "Check-up"));
    }

    private String create(Resource resource) throws IOException, InterruptedException {
        var answer = ehr.post(resource.fhirType(), resource);
        if (answer.statusCode() != 201) {
            throw new IOException("The test EHR did not take a " + resource.fhirType() + ": " + answer.statusCode());
        }
        return ehr.read(resource.getClass(), answer).getIdPart();
    }
}

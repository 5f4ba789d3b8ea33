package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionIT {
    private Sandbox sandbox;
    private IGenericClient stmarys;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0, Client.MONDAY);
        stmarys = Client.of(sandbox, "stmarys");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void booksASlotInOneTransaction() {
        Slot slot = freeSlot();
        Bundle answer =
                stmarys.transaction().withBundle(booking(slot, "sm-1001")).execute();

        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200", "201");
        var id = new IdType(answer.getEntry().get(1).getResponse().getLocation());
        Appointment booked = stmarys.read()
                .resource(Appointment.class)
                .withId(id.getIdPart())
                .execute();
        assertThat(booked.getSlotFirstRep().getReference()).isEqualTo("Slot/" + slot.getIdPart());
        assertThat(status(slot)).isEqualTo(Slot.SlotStatus.BUSY);
    }

    @Test
    void undoesNothingButDoesNothingWhenOneEntryFails() {
        Slot slot = freeSlot();
        int before = count("Appointment?patient=sm-1001");
        Bundle stale = booking(slot, "sm-1001");
        stale.getEntryFirstRep().getRequest().setIfMatch("W/\"7\"");
        Client.refused(412, () -> stmarys.transaction().withBundle(stale).execute());
        Bundle unknown = booking(slot, "nobody");
        Client.refused(422, () -> stmarys.transaction().withBundle(unknown).execute());
        assertThat(count("Appointment?patient=sm-1001")).isEqualTo(before);
        assertThat(status(slot)).isEqualTo(Slot.SlotStatus.FREE);
    }

    @Test
    void resolvesPlaceholdersBetweenEntries() {
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        var appointment = appointment("sm-1001", freeSlot());
        appointment.getParticipantFirstRep().setActor(new Reference("urn:uuid:5b1e0f5e-0000-4000-8000-000000000001"));
        bundle.addEntry()
                .setResource(appointment)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Appointment");
        bundle.addEntry()
                .setFullUrl("urn:uuid:5b1e0f5e-0000-4000-8000-000000000001")
                .setResource(person("Newborn"))
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Patient");
        Bundle answer = stmarys.transaction().withBundle(bundle).execute();
        String patient = new IdType(answer.getEntry().get(1).getResponse().getLocation()).getIdPart();
        assertThat(count("Appointment?patient=" + patient)).isEqualTo(1);
    }

    @Test
    void doesEachEntryOfABatchByItself() {
        var batch = new Bundle().setType(Bundle.BundleType.BATCH);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/sm-1001");
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient?family=okafor");
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/nobody");
        Bundle answer = stmarys.transaction().withBundle(batch).execute();
        assertThat(answer.getEntry())
                .extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("200", "200", "404");
    }

    @Test
    void letsExactlyOneOfEightTransactionsBookEachSlot() throws Exception {
        for (Slot slot : freeSlots()) {
            String booking = json(booking(slot, "sm-1001"));
            assertThat(statuses(() -> Client.send(sandbox, "POST", "", booking).statusCode()))
                    .containsOnlyOnce(200)
                    .hasSize(8)
                    .containsOnly(200, 412);
            assertThat(count("Appointment?slot=" + slot.getIdPart())).isEqualTo(1);
        }
    }

    @Test
    void leavesTheSlotAloneWhenAnAppointmentIsCancelled() {
        Slot slot = freeSlot();
        Bundle answer =
                stmarys.transaction().withBundle(booking(slot, "sm-1001")).execute();
        var id = new IdType(answer.getEntry().get(1).getResponse().getLocation());
        Appointment booked = stmarys.read()
                .resource(Appointment.class)
                .withId(id.getIdPart())
                .execute();
        stmarys.update()
                .resource(booked.setStatus(Appointment.AppointmentStatus.CANCELLED))
                .execute();
        assertThat(status(slot)).isEqualTo(Slot.SlotStatus.BUSY);
    }

    private List<Integer> statuses(Callable<Integer> request) throws InterruptedException {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            return pool
                    .invokeAll(IntStream.range(0, 8).mapToObj(each -> request).toList())
                    .stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
        }
    }

    private Slot freeSlot() {
        return freeSlots().getFirst();
    }

    private List<Slot> freeSlots() {
        Bundle found = stmarys.search()
                .byUrl("Slot?status=free&start=ge2026-03-03")
                .returnBundle(Bundle.class)
                .execute();
        return found.getEntry().stream()
                .map(entry -> (Slot) entry.getResource())
                .toList();
    }

    private Slot.SlotStatus status(Slot slot) {
        return stmarys.read()
                .resource(Slot.class)
                .withId(slot.getIdPart())
                .execute()
                .getStatus();
    }

    private int count(String search) {
        return stmarys.search()
                .byUrl(search)
                .returnBundle(Bundle.class)
                .execute()
                .getTotal();
    }

    private static Patient person(String family) {
        var patient = new Patient();
        patient.addName().setFamily(family);
        patient.addIdentifier().setSystem("https://stmarys.example/mrn").setValue("NEW-1");
        return patient;
    }

    private static Appointment appointment(String patient, Slot slot) {
        var appointment = new Appointment()
                .setStatus(Appointment.AppointmentStatus.BOOKED)
                .setStartElement(slot.getStartElement())
                .setEndElement(slot.getEndElement());
        appointment.addSlot(new Reference("Slot/" + slot.getIdPart()));
        appointment.addParticipant().setActor(new Reference("Patient/" + patient));
        return appointment;
    }

    private static Bundle booking(Slot slot, String patient) {
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(slot.copy().setStatus(Slot.SlotStatus.BUSY))
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl("Slot/" + slot.getIdPart())
                .setIfMatch("W/\"1\"");
        bundle.addEntry()
                .setResource(appointment(patient, slot))
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Appointment");
        return bundle;
    }

    private static String json(org.hl7.fhir.r4.model.Resource resource) {
        return ca.uhn.fhir.context.FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    }
}

package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WritingIT {
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
    void createsReadsAndDeletes() {
        MethodOutcome made = stmarys.create().resource(person("Newcomer")).execute();
        assertThat(made.getCreated()).isTrue();
        assertThat(made.getId().getVersionIdPart()).isEqualTo("1");

        var id = made.getId().toUnqualifiedVersionless();
        assertThat(count("Patient?family=newcomer")).isEqualTo(1);
        stmarys.delete().resourceById(id).execute();
        Client.refused(
                410,
                () -> stmarys.read()
                        .resource(Patient.class)
                        .withId(id.getIdPart())
                        .execute());
        assertThat(count("Patient?family=newcomer")).isZero();
    }

    @Test
    void keepsTheSearchIndexInStepWithUpdates() {
        assertThat(count("Patient?family=okafor")).isEqualTo(3);
        Patient patient =
                stmarys.read().resource(Patient.class).withId("sm-1001").execute();
        patient.getNameFirstRep().setFamily("Renamed");
        stmarys.update().resource(patient).execute();
        assertThat(count("Patient?family=okafor")).isEqualTo(2);
        assertThat(count("Patient?family=renamed")).isEqualTo(1);
    }

    @Test
    void refusesAnUpdateOfAStaleVersion() throws Exception {
        Slot slot = freeSlot();
        String body = json(slot.setStatus(Slot.SlotStatus.BUSY));
        String address = "/Slot/" + slot.getIdPart();
        var first = Client.send(sandbox, "PUT", address, body, "If-Match", "W/\"1\"");
        var second = Client.send(sandbox, "PUT", address, body, "If-Match", "W/\"1\"");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("ETag")).contains("W/\"2\"");
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body()).contains("OperationOutcome").doesNotContain("ca.uhn");
    }

    @Test
    void createsOnlyWhenNothingMatches() {
        String unless = "identifier=https://stmarys.example/mrn|NEW-1";
        var first = stmarys.create()
                .resource(person("Once"))
                .conditionalByUrl("Patient?" + unless)
                .execute();
        var again = stmarys.create()
                .resource(person("Once"))
                .conditionalByUrl("Patient?" + unless)
                .execute();
        assertThat(first.getCreated()).isTrue();
        assertThat(again.getCreated()).isNotEqualTo(true);
        assertThat(again.getId().getIdPart()).isEqualTo(first.getId().getIdPart());
        Client.refused(
                412,
                () -> stmarys.create()
                        .resource(person("Many"))
                        .conditionalByUrl("Patient?family=okafor")
                        .execute());
    }

    @Test
    void refusesUpdatesOfIdsItDidNotGiveAndMalformedBodies() throws Exception {
        var patient = person("Nobody");
        patient.setId("Patient/chosen-by-client");
        assertThat(Client.send(sandbox, "PUT", "/Patient/chosen-by-client", json(patient))
                        .statusCode())
                .isEqualTo(405);
        assertThat(Client.send(sandbox, "POST", "/Patient", "{").statusCode()).isEqualTo(400);
        assertThat(Client.send(sandbox, "POST", "/Patient", "{\"resourceType\":\"Patient\",\"shoeSize\":9}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Client.send(sandbox, "POST", "/Patient", json(new Slot())).statusCode())
                .isEqualTo(400);
        assertThat(Client.send(sandbox, "PATCH", "/Patient/sm-1001", "{}").statusCode())
                .isEqualTo(415);
    }

    @Test
    void patchesPartsOfTheVersionNamed() throws Exception {
        String accept = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"accepted\"}]";
        var first = Client.patch(sandbox, "/Task/sm-1002-task-1", accept, "If-Match", "W/\"1\"");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("ETag")).contains("W/\"2\"");
        assertThat(count("Task?patient=sm-1002&status=accepted")).isEqualTo(1);

        assertThat(Client.patch(sandbox, "/Task/sm-1002-task-1", accept, "If-Match", "W/\"1\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(Client.patch(sandbox, "/Task/sm-1002-task-1", accept.replace("status", "colour"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(Client.patch(sandbox, "/Task/sm-1002-task-1", "{}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void keepsTypeAndIdOfWhatIsPatched() throws Exception {
        String id = "[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"sm-1001\"}]";
        assertThat(Client.patch(sandbox, "/Patient/sm-1002", id).body()).contains("\"id\":\"sm-1002\"");
        String type = "[{\"op\":\"replace\",\"path\":\"/resourceType\",\"value\":\"Task\"}]";
        assertThat(Client.patch(sandbox, "/Patient/sm-1002", type).statusCode()).isEqualTo(422);
    }

    @Test
    void givesIdsThatAreNeverUsedAgain() {
        var made = stmarys.create().resource(person("Newcomer")).execute();
        assertThat(UUID.fromString(made.getId().getIdPart())).isNotNull();
        assertThat(((Patient) made.getResource()).getMeta().getLastUpdated()).isNotNull();
    }

    @Test
    void refusesToWriteWhatOnlyThePayerWrites() throws Exception {
        var response = new ClaimResponse().setStatus(ClaimResponse.ClaimResponseStatus.ACTIVE);
        assertThat(Client.send(sandbox, "POST", "/ClaimResponse", json(response))
                        .statusCode())
                .isEqualTo(405);
        var batch = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        batch.addEntry()
                .setResource(response)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("ClaimResponse");
        Client.refused(405, () -> stmarys.transaction().withBundle(batch).execute());
    }

    @Test
    void refusesAnAppointmentOfSomebodyUnknown() {
        Appointment appointment = appointment("sm-1001", freeSlot());
        appointment.addParticipant().setActor(new Reference("Patient/nobody"));
        Client.refused(422, () -> stmarys.create().resource(appointment).execute());
    }

    @Test
    void letsExactlyOneOfEightWritersTakeEachSlot() throws Exception {
        for (Slot slot : freeSlots()) {
            String update = json(slot.copy().setStatus(Slot.SlotStatus.BUSY));
            String address = "/Slot/" + slot.getIdPart();
            assertThat(statuses(() -> Client.send(sandbox, "PUT", address, update, "If-Match", "W/\"1\"")
                            .statusCode()))
                    .containsOnlyOnce(200)
                    .hasSize(8)
                    .containsOnly(200, 412);
        }
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

    private static String json(org.hl7.fhir.r4.model.Resource resource) {
        return ca.uhn.fhir.context.FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    }
}

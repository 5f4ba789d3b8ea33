package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code $find}, {@code $book}, {@code $hold}, {@code $cancel}, and the plain create that books nothing. */
@Tag("medplum")
class SchedulingFactsIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DAY = "start=2040-01-02T00:00:00Z&end=2040-01-03T00:00:00Z";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private String patient = "";
    private String service = "";
    private String schedule = "";

    @BeforeEach
    void clinic() {
        medplum.since("5.1");
        var clinic = medplum.clinic();
        patient = clinic.patient("Visit", "Vera");
        service = clinic.service("Office visit", 10);
        schedule = clinic.schedule(clinic.practitioner("Hill"), service);
    }

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void freeTimesAreSlotsThatAreNotStored() {
        var bundle = find(DAY + "&_count=3").json();

        assertThat(bundle.path("entry").size()).isEqualTo(3);
        var slot = bundle.path("entry").path(0).path("resource");
        assertThat(slot.path("start").asString()).isEqualTo("2040-01-02T14:00:00.000Z");
        assertThat(slot.path("status").asString()).isEqualTo("free");
        assertThat(slot.has("id")).isFalse();
        assertThat(slot.path("serviceType")
                        .path(0)
                        .path("extension")
                        .path(0)
                        .path("valueReference")
                        .path("reference")
                        .asString())
                .isEqualTo(service);
    }

    @Test
    void windowsAreOf31DaysAndAllParametersAreNeeded() {
        assertThat(find("start=2040-01-01T00:00:00Z&end=2040-02-02T00:00:00Z").issue())
                .isEqualTo("Search range cannot exceed 31 days");
        assertThat(medplum.http().get("fhir/R4/" + schedule + "/$find").issue())
                .isEqualTo("Expected at least 1 value(s) for required input parameter 'start'");
    }

    @Test
    void aTimeThatIsNoneIs400() {
        assertThat(find("start=soon&end=later").status()).isEqualTo(400);
    }

    @Test
    void aBookingIs201WithABogusLocationAndATentativePractitioner() {
        var reply = book(first(), patient);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("Location")).endsWith("/Bundle/undefined");
        assertThat(reply.json().path("resourceType").asString()).isEqualTo("Bundle");
        var appointment = reply.json().path("entry").path(0).path("resource");
        assertThat(appointment.path("status").asString()).isEqualTo("booked");
        assertThat(appointment.has("serviceType")).isFalse();
        assertThat(appointment.path("participant").path(0).path("status").asString())
                .isEqualTo("tentative");
        assertThat(reply.json().path("entry").valueStream())
                .extracting(entry -> entry.path("resource").path("status").asString())
                .containsExactly("booked", "busy", "busy-unavailable");
    }

    @Test
    void aTakenTimeIs409AndOneThatNeverWas400() {
        var slot = first();
        book(slot, patient);

        var taken = book(slot, patient);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.issue()).isEqualTo("Requested time slot is no longer available");
        var night = slot.deepCopy();
        ((ObjectNode) night).put("start", "2040-01-02T03:00:00.000Z").put("end", "2040-01-02T03:30:00.000Z");
        assertThat(book(night, patient).issue()).isEqualTo("No availability found at this time");
        assertThat(book(slot, "Patient/12188d0a-18d9-4aa3-a6d5-d478f8d09922").issue())
                .isEqualTo("Invalid patient-reference");
    }

    @Test
    void ofEightAtOnceOneIsBooked() throws Exception {
        var slot = first();
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = IntStream.range(0, 8)
                    .mapToObj(number -> threads.submit(() -> book(slot, patient).status()))
                    .toList();
            for (var result : results) {
                statuses.add(result.get());
            }
        }

        assertThat(statuses)
                .containsOnlyOnce(201)
                .filteredOn(status -> status == 409)
                .hasSize(7);
    }

    @Test
    void aCancelledVisitLeavesItsBufferSlotAndCannotBeCancelledAgain() {
        var booked = book(first(), patient).json().path("entry").path(0).path("resource");
        var cancel = "fhir/R4/Appointment/" + booked.path("id").asString() + "/$cancel";

        var cancelled = medplum.http().post(cancel, "{}");

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().path("status").asString()).isEqualTo("cancelled");
        assertThat(cancelled.json().path("slot").size()).isEqualTo(1);
        assertThat(medplum.http()
                        .get("fhir/R4/Slot?schedule=" + schedule)
                        .json()
                        .path("entry")
                        .valueStream())
                .extracting(entry -> entry.path("resource").path("status").asString())
                .containsExactly("busy-unavailable");
        var again = medplum.http().post(cancel, "{}");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.issue()).isEqualTo("Loading slots failed");
    }

    @Test
    void anAppointmentIsHeldToItsInvariants() {
        var refused = medplum.http().post("fhir/R4/Appointment", """
                {"resourceType":"Appointment","status":"booked","participant":[{"status":"accepted"}]}""");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("issue").valueStream())
                .allMatch(issue -> issue.path("code").asString().equals("invariant"))
                .extracting(
                        issue -> issue.path("details").path("text").asString().substring(0, 16))
                .containsExactlyInAnyOrder("Constraint app-1", "Constraint app-3");
    }

    @Test
    void aVisitThatIsOverCannotBeCancelled() {
        var over = medplum.create("""
                {"resourceType":"Appointment","status":"fulfilled","start":"2026-01-02T14:00:00Z",
                 "end":"2026-01-02T14:30:00Z","participant":[{"actor":{"reference":"%s"},"status":"accepted"}]}""".formatted(patient));

        var refused = medplum.http().post("fhir/R4/" + over + "/$cancel", "{}");

        assertThat(refused.status()).isEqualTo(400);
        // 5.1.12 says the one, 5.1.13 the other.
        assertThat(refused.issue()).matches("Appointment (is not in cancelable state|cannot be canceled) .*");
    }

    @Test
    void aHeldProposalIsPendingAndTentative() {
        var proposal = medplum.http()
                .get("fhir/R4/Appointment/$find?_count=1&" + DAY + "&service-type-reference=" + service + "&schedule="
                        + schedule)
                .json()
                .path("entry")
                .path(0)
                .path("resource");

        var reply = medplum.http()
                .post(
                        "fhir/R4/Appointment/$hold",
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"appointment\",\"resource\":"
                                + proposal + "}]}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("entry").valueStream())
                .extracting(entry -> entry.path("resource").path("status").asString())
                .containsExactly("pending", "busy-tentative", "busy-unavailable");
        assertThat(first().path("start").asString())
                .isNotEqualTo(proposal.path("start").asString());
    }

    @Test
    void aPlainCreateBlocksNothing() {
        var slot = first();
        var appointment =
                """
                {"resourceType":"Appointment","status":"booked","start":"%s","end":"%s","participant":[
                 {"actor":{"reference":"%s"},"status":"accepted"}]}""".formatted(slot.path("start").asString(), slot.path("end").asString(), patient);

        medplum.create(appointment);

        assertThat(first()).isEqualTo(slot);
        medplum.create(appointment);
    }

    private JsonNode first() {
        return find(DAY + "&_count=1").json().path("entry").path(0).path("resource");
    }

    private Reply find(String window) {
        return medplum.http().get("fhir/R4/" + schedule + "/$find?" + window + "&service-type-reference=" + service);
    }

    private Reply book(JsonNode slot, String who) {
        var body = """
                {"resourceType":"Parameters","parameter":[{"name":"slot","resource":%s},
                 {"name":"patient-reference","valueReference":{"reference":"%s"}}]}""".formatted(JSON.writeValueAsString(slot), who);
        return medplum.http().post("fhir/R4/Appointment/$book", body);
    }
}

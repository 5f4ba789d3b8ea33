package org.ehrhub.medplum.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("medplum")
class BookingIT {
    private static final String BOOK = "POST /fhir/R4/Appointment/$book";

    private final Practice practice = Practice.open();

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void booksATimeThatHasNoIdAndStoresWhatTheCallerSaid() {
        var slot = practice.free().getFirst();

        var booked = practice.booked(slot, "Sore throat", "k1");

        assertThat(booked.value().status()).isEqualTo("booked");
        assertThat(booked.value().start()).isEqualTo(slot.start());
        assertThat(booked.value().end()).isEqualTo(slot.end());
        assertThat(booked.value().reason()).isEqualTo("Sore throat");
        assertThat(booked.value().subject()).isEqualTo(practice.patient());
        var held = practice.held(booked.value());
        assertThat(booked.from().version())
                .isEqualTo(held.path("meta").path("versionId").asString());
        assertThat(held.path("identifier").path(0).path("value").asString()).isEqualTo(practice.key("k1"));
        assertThat(held.path("slot").size())
                .as("the visit and what is kept free after it")
                .isEqualTo(2);
        assertThat(practice.free()).hasSize(13); // what is kept free takes the next time as well
    }

    /** Pitfall 9. */
    @Test
    void theLocationOfABookingIsBogusSoTheAppointmentIsTheOneOfTheAnswer() {
        var booked = practice.booked(practice.free().getFirst(), null, "k1").value();

        assertThat(booked.appointment().type()).isEqualTo("Appointment");
        assertThat(practice.held(booked).path("status").asString()).isEqualTo("booked");
    }

    /** Pitfall 9. */
    @Test
    void aPlainAppointmentNeverConflictsSoTheHubBooksByTheOperation() {
        var slot = practice.free().getFirst();
        var plain = """
                {"resourceType":"Appointment","status":"booked","start":"%s","end":"%s","participant":[
                 {"actor":{"reference":"Patient/%s"},"status":"accepted"}]}""".formatted(
                        slot.start().toInstant(),
                        slot.end().toInstant(),
                        practice.patient().id());
        practice.medplum().create(plain);
        practice.medplum().create(plain);

        assertThat(practice.free()).contains(slot);
        practice.booked(slot, null, "k1");
        assertThat(Practice.code(practice.book(slot, null, "k2"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(practice.medplum().stub().heard("POST /fhir/R4/Appointment")).isEmpty();
    }

    @Test
    void letsExactlyOneOfEightBookATime() throws Exception {
        var slot = practice.free().getFirst();
        var tries = new ArrayList<Callable<ToolResult<Appointment>>>();
        for (int i = 0; i < 8; i++) {
            var key = "k" + i;
            tries.add(() -> practice.book(slot, null, key));
        }

        var codes = new ArrayList<ErrorCode>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(tries)) {
                codes.add(Practice.code(one.get()));
            }
        }

        assertThat(codes).containsOnly(null, ErrorCode.CONFLICT);
        assertThat(codes).filteredOn(code -> code == null).hasSize(1);
        assertThat(practice.slots(practice.schedule())).containsExactly("busy", "busy-unavailable");
    }

    @Test
    void tellsThatThePractitionerHasNotAcceptedAndNamesNoServiceThatTheEhrDoesNotName() {
        var booked = practice.booked(practice.free().getFirst(), null, "k1");

        assertThat(booked.value().serviceType()).isNull();
        assertThat(booked.warnings()).singleElement().asString().contains("tentative");
    }

    @Test
    void refusesATimeThatIsTakenOrIsNoLongerOffered() {
        var slots = practice.free();
        practice.booked(slots.get(2), null, "k1");

        assertThat(Practice.code(practice.book(slots.get(2), null, "k2"))).isEqualTo(ErrorCode.CONFLICT);
        // Free when it was found, but what is kept free after it would now reach into the booking behind it.
        assertThat(Practice.code(practice.book(slots.get(1), null, "k3"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(practice.slots(practice.schedule())).hasSize(2);
    }

    @Test
    void refusesATimeOutsideTheHoursAndOneOfAnotherEhr() {
        var id = practice.schedule().substring("Schedule/".length());
        var service = practice.service().substring("HealthcareService/".length());
        var night = new FreeTime(id, service, "2040-01-02T03:00:00Z", "2040-01-02T03:30:00Z", "", "");
        var slot = practice.free().getFirst();

        assertThat(Practice.code(practice.call(
                        AppointmentTools.CREATE,
                        new AppointmentCreate(practice.patient(), night.in(Practice.EHR), null, null, null),
                        Practice.context().writing("k1"))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(FreeTime.of(slot.slotRef(), Practice.EHR)).isPresent();
    }

    @Test
    void refusesAPatientWhomTheEhrDoesNotKnowAndWritesNothing() {
        var nobody = new Reference(Practice.EHR, "Patient", "12188d0a-18d9-4aa3-a6d5-d478f8d09922");
        var slot = practice.free().getFirst();

        assertThat(Practice.code(practice.call(
                        AppointmentTools.CREATE,
                        new AppointmentCreate(nobody, slot.slotRef(), null, null, null),
                        Practice.context().writing("k1"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(practice.slots(practice.schedule())).isEmpty();
    }

    @Test
    void findsOutWhatBecameOfABookingWhoseAnswerWasLostAndGoesOnWithIt() {
        var slot = practice.free().getFirst();
        var stub = practice.medplum().stub();
        stub.loseAnswers(asked -> asked.line().equals(BOOK));

        assertThat(practice.reconcile(AppointmentTools.CREATE, practice.booking(slot, "Cough"), "k1"))
                .isEmpty();
        assertThat(Practice.code(practice.book(slot, "Cough", "k1"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(stub.heard(BOOK)).hasSize(1);
        stub.loseAnswers(asked -> false);

        var found = practice.reconcile(AppointmentTools.CREATE, practice.booking(slot, "Cough"), "k1");
        assertThat(found).isPresent();
        assertThat(practice.reconcile(AppointmentTools.CREATE, practice.booking(slot, "Cough"), "k2"))
                .isEmpty();
        var again = practice.booked(slot, "Cough", "k1").value();
        assertThat(again.appointment()).isEqualTo(found.orElseThrow().appointment());
        assertThat(again.reason()).isEqualTo("Cough");
        assertThat(stub.all("Appointment")).hasSize(1);
    }

    @Test
    void takesItsOwnEarlierBookingForItsOwn() {
        var slot = practice.free().getFirst();
        var once = practice.booked(slot, "Cough", "k1").value();

        assertThat(practice.booked(slot, "Cough", "k1").value()).isEqualTo(once);
        assertThat(practice.reconcile(AppointmentTools.CREATE, practice.booking(slot, "Cough"), "k1"))
                .contains(once);
    }

    @Test
    void saysThatABookingStandsWithoutItsReason() {
        var slot = practice.free().getFirst();
        practice.medplum().stub().fail(asked -> asked.method().equals("PUT"));

        var booked = practice.booked(slot, "Cough", "k1");

        assertThat(booked.value().reason()).isNull();
        assertThat(booked.warnings()).anySatisfy(warning -> assertThat(warning).contains("did not take"));
    }
}

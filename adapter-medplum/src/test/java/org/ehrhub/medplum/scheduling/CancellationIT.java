package org.ehrhub.medplum.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("medplum")
class CancellationIT {
    private final Practice practice = Practice.open();

    @AfterEach
    void close() {
        practice.close();
    }

    /** Pitfall 9. */
    @Test
    void aCancelledBookingLeavesNoBufferSlotBehind() {
        var before = practice.free();
        var booked = practice.booked(before.get(3), null, "k1").value();

        var cancelled = Practice.ok(practice.cancel(booked.appointment(), "Travelling", "k2"));

        assertThat(cancelled.value().status()).isEqualTo("cancelled");
        assertThat(cancelled.warnings()).isEmpty();
        assertThat(practice.held(booked).path("cancelationReason").path("text").asString())
                .isEqualTo("Travelling");
        assertThat(practice.slots(practice.schedule())).isEmpty();
        assertThat(practice.free()).isEqualTo(before);
        assertThat(practice.reconcile(AppointmentTools.CANCEL, cancel(booked.appointment()), "k2"))
                .contains(cancelled.value());
    }

    /** Pitfall 9. */
    @Test
    void theBufferSlotOfABookingThatTheHubDidNotMakeIsFoundAndFreed() {
        var before = practice.free();
        var booked = bookedElsewhere(before.getFirst());
        assertThat(practice.slots(practice.schedule())).containsExactly("busy", "busy-unavailable");

        var cancelled = Practice.ok(practice.cancel(booked, null, "k1"));

        assertThat(cancelled.warnings()).isEmpty();
        assertThat(practice.slots(practice.schedule())).isEmpty();
        assertThat(practice.free()).isEqualTo(before);
    }

    @Test
    void aBlockBesideAVisitOfWhichNobodyKnowsWhoseItIsStaysAndIsTold() {
        var slot = practice.free().getFirst();
        practice.medplum().create("""
                {"resourceType":"Slot","status":"busy-unavailable","schedule":{"reference":"%s"},
                 "start":"2040-01-02T13:45:00.000Z","end":"2040-01-02T14:00:00.000Z"}""".formatted(practice.schedule()));
        practice.medplum().stub().pass(Duration.ofHours(1));
        var booked = bookedElsewhere(slot);

        var cancelled = Practice.ok(practice.cancel(booked, null, "k1"));

        assertThat(cancelled.warnings()).singleElement().asString().contains("right beside it");
        assertThat(practice.slots(practice.schedule())).containsExactly("busy-unavailable");
    }

    @Test
    void whatIsCancelledAlreadyIsSaidToBeSoAndLeftAlone() {
        var booked = practice.booked(practice.free().getFirst(), null, "k1").value();
        var once =
                Practice.ok(practice.cancel(booked.appointment(), null, "k2")).value();
        practice.medplum().stub().forget();

        var again = Practice.ok(practice.cancel(booked.appointment(), null, "k3"));

        assertThat(again.value()).isEqualTo(once);
        assertThat(again.warnings()).anySatisfy(warning -> assertThat(warning).contains("before"));
        assertThat(practice.medplum().stub().heard())
                .extracting(heard -> heard.asked().method())
                .doesNotContain("PUT", "DELETE");
    }

    @Test
    void whatSomebodyElseCancelsMeanwhileIsCancelled() {
        var booked = practice.booked(practice.free().getFirst(), null, "k1").value();
        var path = "Appointment/" + booked.appointment().id() + "/$cancel";
        var others = practice.medplum().http();
        var once = new boolean[1];
        practice.medplum().stub().fail(asked -> {
            if (!once[0] && asked.path().endsWith(path)) {
                once[0] = true;
                assertThat(others.post("fhir/R4/" + path, "{}").status()).isEqualTo(200);
            }
            return false;
        });

        var cancelled = Practice.ok(practice.cancel(booked.appointment(), null, "k2"));

        assertThat(cancelled.value().status()).isEqualTo("cancelled");
        assertThat(cancelled.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("before"));
    }

    @Test
    void aVisitWhoseSlotIsGoneCanStillBeCancelled() {
        var booked = practice.booked(practice.free().getFirst(), null, "k1").value();
        practice.medplum()
                .http()
                .delete("fhir/R4/"
                        + practice.held(booked)
                                .path("slot")
                                .path(0)
                                .path("reference")
                                .asString());

        assertThat(Practice.ok(practice.cancel(booked.appointment(), null, "k2"))
                        .value()
                        .status())
                .isEqualTo("cancelled");
        assertThat(practice.slots(practice.schedule())).isEmpty();
    }

    @Test
    void findsOutWhatBecameOfACancellationWhoseAnswerWasLost() {
        var booked =
                practice.booked(practice.free().getFirst(), null, "k1").value().appointment();
        practice.medplum().stub().loseAnswers(asked -> asked.path().endsWith("/$cancel"));

        assertThat(Practice.code(practice.cancel(booked, null, "k2"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        practice.medplum().stub().loseAnswers(asked -> false);

        assertThat(practice.reconcile(AppointmentTools.CANCEL, cancel(booked), "k2"))
                .hasValueSatisfying(found -> assertThat(found.status()).isEqualTo("cancelled"));
        assertThat(practice.slots(practice.schedule())).isEmpty();
    }

    private static AppointmentCancel cancel(Reference appointment) {
        return new AppointmentCancel(appointment, null, null, null);
    }

    /** A booking by somebody else, whose appointment does not name what is kept free. */
    private Reference bookedElsewhere(Slot slot) {
        var time = FreeTime.of(slot.slotRef(), Practice.EHR).orElseThrow();
        JsonNode made = practice.medplum()
                .http()
                .post("fhir/R4/Appointment/$book", """
                        {"resourceType":"Parameters","parameter":[{"name":"slot","resource":
                          {"resourceType":"Slot","start":"%s","end":"%s","status":"free",
                           "schedule":{"reference":"%s"},"serviceType":[{"coding":[{"system":"%s","code":"%s"}],
                           "extension":[{"url":"https://medplum.com/fhir/service-type-reference",
                             "valueReference":{"reference":"%s"}}]}]}},
                         {"name":"patient-reference","valueReference":{"reference":"Patient/%s"}}]}""".formatted(
                                time.start(),
                                time.end(),
                                practice.schedule(),
                                time.system(),
                                time.code(),
                                practice.service(),
                                practice.patient().id()))
                .json();
        var id = made.path("entry").path(0).path("resource").path("id").asString();
        return new Reference(Practice.EHR, "Appointment", id);
    }
}

package org.ehrhub.medplum.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("medplum")
class MovingIT {
    private final Practice practice = Practice.open();
    private final Appointment old = booked();
    private final Slot later = practice.free().getLast();

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void booksTheNewTimeThenCancelsTheOldOne() {
        var moved = Practice.ok(practice.move(Practice.moving(old, later), "k2"));

        assertThat(moved.value().appointment()).isNotEqualTo(old.appointment());
        assertThat(moved.value().start()).isEqualTo(later.start());
        assertThat(moved.value().reason()).isEqualTo("Sore throat");
        assertThat(moved.value().subject()).isEqualTo(practice.patient());
        assertThat(moved.warnings()).anySatisfy(warning -> assertThat(warning).contains("new reference"));
        assertThat(practice.held(moved.value()).path("comment").asString()).isEqualTo("Moved: Asked to come later");
        assertThat(status(old)).isEqualTo("cancelled");
        assertThat(practice.slots(practice.schedule())).containsExactly("busy", "busy-unavailable");
        assertThat(practice.reconcile(AppointmentTools.RESCHEDULE, Practice.moving(old, later), "k2"))
                .contains(moved.value());
        assertThat(practice.reconcile(AppointmentTools.RESCHEDULE, Practice.moving(old, later), "k3"))
                .isEmpty();
    }

    @Test
    void leavesTheAppointmentWhereItWasWhenTheNewTimeIsTaken() {
        practice.booked(later, null, "k2");

        assertThat(Practice.code(practice.move(Practice.moving(old, later), "k3")))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(status(old)).isEqualTo("booked");
        assertThat(practice.reconcile(AppointmentTools.RESCHEDULE, Practice.moving(old, later), "k3"))
                .isEmpty();
    }

    @Test
    void givesTheNewTimeBackWhenTheOldAppointmentCannotBeCancelled() {
        var path = "Appointment/" + old.appointment().id() + "/$cancel";
        var slot = practice.held(old).path("slot").path(0).path("reference").asString();
        var others = practice.medplum().http();
        practice.medplum().stub().fail(asked -> {
            if (asked.path().endsWith(path)) {
                others.delete("fhir/R4/" + slot);
            }
            return false;
        });

        var failed = practice.move(Practice.moving(old, later), "k2");

        assertThat(Practice.code(failed)).isEqualTo(ErrorCode.REJECTED_BY_EHR);
        assertThat(status(old)).isEqualTo("booked");
        assertThat(practice.free()).contains(later);
        assertThat(practice.reconcile(AppointmentTools.RESCHEDULE, Practice.moving(old, later), "k2"))
                .isEmpty();
    }

    @Test
    void saysThatBothMayStandWhereItCannotTellAndGoesOnUnderTheSameKey() {
        practice.medplum().stub().fail(asked -> asked.path().endsWith("/$cancel"));

        assertThat(Practice.code(practice.move(Practice.moving(old, later), "k2")))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(status(old)).isEqualTo("booked");
        assertThat(practice.reconcile(AppointmentTools.RESCHEDULE, Practice.moving(old, later), "k2"))
                .isEmpty();
        practice.medplum().stub().fail(asked -> false);

        var moved = Practice.ok(practice.move(Practice.moving(old, later), "k2"));
        assertThat(moved.value().start()).isEqualTo(later.start());
        assertThat(status(old)).isEqualTo("cancelled");
        assertThat(practice.medplum().stub().all("Appointment")).hasSize(2);
        assertThat(practice.slots(practice.schedule())).containsExactly("busy", "busy-unavailable");
    }

    @Test
    void seesThatTheOldAppointmentIsCancelledAlthoughTheAnswerWasLost() {
        practice.medplum().stub().loseAnswers(asked -> asked.path().endsWith("/$cancel"));

        var moved = Practice.ok(practice.move(Practice.moving(old, later), "k2"));

        assertThat(moved.value().status()).isEqualTo("booked");
        assertThat(status(old)).isEqualTo("cancelled");
    }

    @Test
    void refusesToMoveWhatIsCancelled() {
        practice.cancel(old.appointment(), null, "k2");

        assertThat(Practice.code(practice.move(Practice.moving(old, later), "k3")))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(practice.slots(practice.schedule())).isEmpty();
    }

    private Appointment booked() {
        return practice.booked(practice.free().getFirst(), "Sore throat", "k1").value();
    }

    private String status(Appointment appointment) {
        return practice.held(appointment).path("status").asString();
    }
}

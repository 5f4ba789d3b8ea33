package org.ehrhub.fhir.appointments;

import java.time.Duration;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Amendment;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * An appointment at another time: with whom and where the new time is offered, and all else as it is.
 *
 * @param server whose appointment it is
 * @param offer the new time
 * @param reason why, added to the comment
 */
record Move(FhirServer server, Offer offer, @Nullable String reason) {
    /** Whether the appointment is at that time already. */
    boolean isDone(Appointment appointment) {
        return offer.startTime().equals(AppointmentRecords.time(appointment.getStartElement()))
                && offer.endTime().equals(AppointmentRecords.time(appointment.getEndElement()))
                && (offer.slot() == null || isIn(appointment, "Slot/" + offer.slot()));
    }

    void make(Appointment appointment, String key) {
        appointment.setStartElement(new InstantType(offer.start())).setEndElement(new InstantType(offer.end()));
        if (appointment.hasMinutesDuration()) {
            appointment.setMinutesDuration(
                    (int) Duration.between(offer.startTime(), offer.endTime()).toMinutes());
        }
        appointment.getSlot().clear();
        if (offer.slot() != null) {
            appointment.addSlot(new Reference("Slot/" + offer.slot()));
        }
        with(appointment, offer.who(), "Practitioner");
        with(appointment, offer.where(), "Location");
        if (reason != null) {
            var said = appointment.hasComment() ? appointment.getComment() + "\n" : "";
            appointment.setComment(said + "Moved: " + reason);
        }
        WriteKeys.add(appointment, key);
        Amendment.withoutStaleNarrative(appointment);
    }

    private void with(Appointment appointment, @Nullable String wanted, String kind) {
        if (wanted == null || isIn(appointment, wanted)) {
            return;
        }
        appointment
                .getParticipant()
                .removeIf(one ->
                        String.valueOf(AppointmentRecords.type(one.getActor())).startsWith(kind));
        appointment.addParticipant(BookingDesk.accepted(new Reference(wanted)));
    }

    private boolean isIn(Appointment appointment, String wanted) {
        return Stream.concat(
                        appointment.getSlot().stream(),
                        appointment.getParticipant().stream().map(one -> one.getActor()))
                .map(server::reference)
                .anyMatch(one -> one != null && wanted.equals(one.type() + "/" + one.id()));
    }
}

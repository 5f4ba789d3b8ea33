package org.ehrhub.medplum.scheduling;

import java.util.List;
import java.util.function.Consumer;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;

/**
 * Medplum's {@code Appointment/[id]/$cancel}: cancels and deletes the Slots that the appointment names, or does nothing where
 * one of them is not there. So the appointment is first made to name exactly what it holds, under the version that was read.
 */
final class CancelOperation {
    private static final String STILL_BLOCKED =
            "The appointment is cancelled. Its schedule is blocked right beside it; whether that was for this appointment the"
                    + " EHR does not tell, so it was left.";

    private final FhirServer server;

    CancelOperation(FhirServer server) {
        this.server = server;
    }

    /**
     * What it left.
     *
     * @param appointment as the EHR holds it now
     * @param warnings in the hub's words
     */
    record Cancelled(Appointment appointment, List<String> warnings) {}

    /**
     * Cancels an appointment.
     *
     * @param held its Slots that are there
     * @param marks what else is changed in the appointment before
     * @throws EhrFailure when it stands
     */
    Cancelled cancel(Appointment appointment, List<Slot> held, Consumer<Appointment> marks, CallContext call) {
        var beside = Beside.of(held, server, call);
        var before = appointment.copy();
        var id = appointment.getIdPart();
        appointment.getSlot().removeIf(slot -> held.stream().noneMatch(one -> isOf(slot, one)));
        beside.own().forEach(slot -> appointment.addSlot(new Reference("Slot/" + slot.getIdPart())));
        marks.accept(appointment);
        if (!appointment.equalsDeep(before)) {
            server.update(appointment, call);
        }
        var done = server.operation("Appointment/" + id + "/$cancel", new Parameters(), true, Appointment.class, call);
        return new Cancelled(done, beside.strange() ? List.of(STILL_BLOCKED) : List.of());
    }

    private static boolean isOf(Reference reference, Slot slot) {
        return slot.getIdPart().equals(reference.getReferenceElement().getIdPart());
    }
}

package org.ehrhub.fhir.appointments;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;

/**
 * {@code appointment.create} on a server that would book a time twice: the hub looks before it books and again afterwards,
 * and takes its own booking back when another was there first.
 */
public final class CheckedBooking implements WriteHandler<AppointmentCreate, Appointment> {
    private final FhirServer server;
    private final HeldTimes times;
    private final BookingDesk desk;
    private final WriteKeys keys;

    /** Bookings on this server. */
    public CheckedBooking(FhirServer server) {
        this.server = server;
        this.times = new HeldTimes(server);
        this.desk = new BookingDesk(server);
        this.keys = new WriteKeys(server);
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        var offer = Offer.of(input.slotRef(), server.ehr());
        var patient = desk.patient(input, call);
        if (!times.at(offer, call).isEmpty()) {
            throw BookingDesk.taken();
        }
        var draft = BookingDesk.draft(input, offer, patient, call.writeKey());
        var id = server.create(draft, WriteKeys.search("Appointment", call.writeKey()), call);
        if (!times.isFirst(id, offer, call)) {
            takeBack(id, call);
            throw BookingDesk.taken();
        }
        return desk.booked(id, input, call);
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        var found = keys.find(org.hl7.fhir.r4.model.Appointment.class, key, call);
        found.ifPresent(own -> times.mustBeFirst(own, Offer.of(input.slotRef(), server.ehr()), call));
        return found.map(desk::record);
    }

    /** A proposal is not a record, so there is no version to bind an approval to. */
    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return Optional.empty();
    }

    /** Without its key, so that the same write may be tried again. */
    private void takeBack(String id, CallContext call) {
        try {
            var own = server.read(org.hl7.fhir.r4.model.Appointment.class, id, call);
            WriteKeys.remove(own, call.writeKey());
            own.setStatus(AppointmentStatus.CANCELLED)
                    .setCancelationReason(new CodeableConcept().setText("The time was taken by somebody else first."));
            server.update(own, call);
        } catch (EhrFailure e) {
            throw HeldTimes.takenTwice();
        }
    }
}

package org.ehrhub.fhir.appointments;

import java.util.Optional;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.hl7.fhir.r4.model.Slot;

/** {@code appointment.create} on a server that has Slot resources: the slot's version decides who was first. */
public final class SlotBooking implements WriteHandler<AppointmentCreate, Appointment> {
    private final FhirServer server;
    private final BookingDesk desk;
    private final OfferedSlots slots;
    private final WriteKeys keys;
    private final Way way;

    private SlotBooking(FhirServer server, Way way) {
        this.server = server;
        this.desk = new BookingDesk(server);
        this.slots = new OfferedSlots(server);
        this.keys = new WriteKeys(server);
        this.way = way;
    }

    /** How slot and appointment are written. */
    interface Way {
        /**
         * Writes both or neither, and neither when the slot has changed.
         *
         * @param slot as it was read
         * @return the id of the appointment
         */
        String book(Slot slot, org.hl7.fhir.r4.model.Appointment draft, CallContext call);
    }

    /** In one transaction. */
    public static SlotBooking inTransaction(FhirServer server) {
        return new SlotBooking(server, new TransactionBooking(server));
    }

    /** The slot first, then the appointment. */
    public static SlotBooking oneByOne(FhirServer server) {
        return new SlotBooking(server, new ConditionalBooking(server));
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        var offer = Offer.of(input.slotRef(), server.ehr());
        var patient = desk.patient(input, call);
        var draft = BookingDesk.draft(input, offer, patient, call.writeKey());
        var id = way.book(slots.open(offer, call), draft, call);
        return desk.booked(id, input, call);
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        return keys.find(org.hl7.fhir.r4.model.Appointment.class, key, call).map(desk::record);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return slots.version(Offer.of(input.slotRef(), server.ehr()), call);
    }
}

package org.ehrhub.fhir.appointments;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.jspecify.annotations.Nullable;

/** {@code appointment.create} on a server that has Slot resources: the slot's version decides who was first. */
public final class SlotBooking implements WriteHandler<AppointmentCreate, Appointment> {
    private final FhirServer server;
    private final BookingDesk desk;
    private final WriteKeys keys;
    private final Way way;

    private SlotBooking(FhirServer server, Way way) {
        this.server = server;
        this.desk = new BookingDesk(server);
        this.keys = new WriteKeys(server);
        this.way = way;
    }

    /** How slot and appointment are written. */
    interface Way {
        /**
         * Writes both or neither, and neither when the slot has changed.
         *
         * @param slot busy already, with the version it had while free
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
        var slot = read(offer, call).orElseThrow(BookingDesk::taken);
        if (slot.getStatus() != SlotStatus.FREE || !isAsOffered(slot, offer)) {
            throw BookingDesk.taken();
        }
        var draft = BookingDesk.draft(input, offer, patient, call.writeKey());
        var id = way.book(slot.setStatus(SlotStatus.BUSY), draft, call);
        return desk.booked(id, call);
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        return keys.find(org.hl7.fhir.r4.model.Appointment.class, key, call).map(desk::record);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return read(Offer.of(input.slotRef(), server.ehr()), call).flatMap(SlotBooking::version);
    }

    private Optional<Slot> read(Offer offer, CallContext call) {
        if (offer.slot() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(server.read(Slot.class, offer.slot(), call));
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isAsOffered(Slot slot, Offer offer) {
        return offer.startTime().equals(AppointmentRecords.time(slot.getStartElement()))
                && offer.endTime().equals(AppointmentRecords.time(slot.getEndElement()));
    }

    private static Optional<String> version(Slot slot) {
        @Nullable String version = slot.getMeta().getVersionId();
        return Optional.ofNullable(version);
    }
}

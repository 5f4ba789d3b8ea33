package org.ehrhub.medplum.scheduling;

import java.util.Optional;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.appointments.SlotBooking;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.hl7.fhir.r4.model.Patient;

/** {@code appointment.create}: by {@code $book}, or into a stored Slot where Medplum does not look after the schedule. */
final class Booking implements WriteHandler<AppointmentCreate, Appointment> {
    private final FhirServer server;
    private final BookOperation operation;
    private final OwnBookings own;
    private final Shown shown;
    private final SlotBooking stored;

    Booking(FhirServer server) {
        this.server = server;
        this.operation = new BookOperation(server);
        this.own = new OwnBookings(server);
        this.shown = new Shown(server);
        this.stored = SlotBooking.oneByOne(server);
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        var time = FreeTime.of(input.slotRef(), server.ehr());
        if (time.isEmpty()) {
            return StoredSlots.warned(stored.handle(input, call));
        }
        var id = FhirId.of(input.patient(), "patient", server.ehr());
        Links.mustBeCurrent(server.read(Patient.class, id, call));
        var booked = operation.book(time.get(), id, made -> made.setDescription(input.reason()), call);
        return shown.booked(booked, input.patient(), call);
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        return FreeTime.of(input.slotRef(), server.ehr()).isEmpty()
                ? stored.reconcile(input, key, call)
                : own.find(key, call).map(shown::record);
    }

    /** A free time that is worked out is no record, so there is no version to bind an approval to. */
    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return FreeTime.of(input.slotRef(), server.ehr()).isEmpty()
                ? stored.currentVersion(input, call)
                : Optional.empty();
    }
}

package org.ehrhub.fhir.appointments;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;

/** {@code appointment.cancel}: under the appointment's version, then its slots are given back. */
public final class Cancelling implements WriteHandler<AppointmentCancel, Appointment> {
    private static final String STILL_BUSY =
            "The appointment is cancelled, but the EHR did not give its time back: the slot still shows as busy.";
    private static final String WAS_CANCELLED = "The appointment was cancelled before; nothing was changed.";

    private final FhirServer server;
    private final AppointmentReading reading;
    private final BookingDesk desk;
    private final SlotTaking taking;
    private final boolean slots;

    /**
     * Cancellations on a server.
     *
     * @param slots whether it keeps times as Slot resources
     */
    public Cancelling(FhirServer server, boolean slots) {
        this.server = server;
        this.reading = new AppointmentReading(server);
        this.desk = new BookingDesk(server);
        this.taking = new SlotTaking(server);
        this.slots = slots;
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCancel input, CallContext call) {
        var source = read(input, call);
        if (source.getStatus() == AppointmentStatus.CANCELLED) {
            return new ToolResult.Ok<>(desk.record(source), server.provenance(source), List.of(WAS_CANCELLED));
        }
        if (source.getStatus() == AppointmentStatus.FULFILLED || source.getStatus() == AppointmentStatus.NOSHOW) {
            throw new EhrFailure(
                    ErrorCode.CONFLICT,
                    "The appointment is over, so it cannot be cancelled.",
                    "Read it again with appointment.get.");
        }
        source.setStatus(AppointmentStatus.CANCELLED);
        if (input.reason() != null) {
            source.setCancelationReason(new CodeableConcept().setText(input.reason()));
        }
        WriteKeys.add(source, call.writeKey());
        Amendment.withoutStaleNarrative(source);
        server.update(source, call);
        var done = desk.readBack(
                source.getIdPart(), held -> held.getStatus() == AppointmentStatus.CANCELLED, List.of(), call);
        // Only now: what is not cancelled keeps its time.
        return released(source, call) ? done : new ToolResult.Ok<>(done.value(), done.from(), List.of(STILL_BUSY));
    }

    /** Done whoever did it: what is cancelled already was found so and left as it is, without this write's key. */
    @Override
    public Optional<Appointment> reconcile(AppointmentCancel input, String key, CallContext call) {
        return Optional.of(read(input, call))
                .filter(found -> found.getStatus() == AppointmentStatus.CANCELLED)
                .map(desk::record);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCancel input, CallContext call) {
        return Optional.ofNullable(server.provenance(read(input, call)).version());
    }

    private org.hl7.fhir.r4.model.Appointment read(AppointmentCancel input, CallContext call) {
        return reading.read(FhirId.of(input.appointment(), "appointment", server.ehr()), call);
    }

    private boolean released(org.hl7.fhir.r4.model.Appointment cancelled, CallContext call) {
        return !slots
                || cancelled.getSlot().stream()
                        .map(server::reference)
                        .filter(Objects::nonNull)
                        .map(Reference::id)
                        // Each is tried, also after one has failed.
                        .map(id -> taking.free(id, call))
                        .reduce(true, Boolean::logicalAnd);
    }
}

package org.ehrhub.medplum.scheduling;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.appointments.AppointmentReading;
import org.ehrhub.fhir.appointments.Cancelling;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Slot;
import org.jspecify.annotations.Nullable;

/**
 * {@code appointment.cancel}: by {@code $cancel} where Medplum looks after the schedule, which it also does for a time that is
 * only held; else as on any FHIR server.
 */
final class Cancellation implements WriteHandler<AppointmentCancel, Appointment> {
    private static final String WAS_CANCELLED = "The appointment was cancelled before; nothing was changed.";
    private static final String WITHOUT_REASON =
            "The appointment is cancelled, but the EHR did not take the reason for it.";
    private static final Set<AppointmentStatus> CANCELLABLE =
            EnumSet.of(AppointmentStatus.PENDING, AppointmentStatus.BOOKED);

    private final FhirServer server;
    private final AppointmentReading reading;
    private final CancelOperation operation;
    private final StoredSlots slots;
    private final Shown shown;
    private final Cancelling stored;
    private final Cancelling bare;

    Cancellation(FhirServer server) {
        this.server = server;
        this.reading = new AppointmentReading(server);
        this.operation = new CancelOperation(server);
        this.slots = new StoredSlots(server);
        this.shown = new Shown(server);
        this.stored = new Cancelling(server, true);
        this.bare = new Cancelling(server, false);
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCancel input, CallContext call) {
        var source = read(FhirId.of(input.appointment(), "appointment", server.ehr()), call);
        var held = slots.of(source, call);
        if (held.isEmpty() || source.getStatus() == AppointmentStatus.CANCELLED) {
            return bare.handle(input, call);
        }
        if (!slots.areManaged(held, call)) {
            return stored.handle(input, call);
        }
        if (!CANCELLABLE.contains(source.getStatus())) {
            throw Refusal.conflict(
                    "The visit has begun or is over, so it cannot be cancelled.",
                    "Read it again with appointment.get.");
        }
        return operated(source, held, call)
                .map(done -> explained(done, input.reason(), call))
                .orElseGet(
                        () -> shown.as(source.getIdPart(), AppointmentStatus.CANCELLED, List.of(WAS_CANCELLED), call));
    }

    /** Done whoever did it, as on any FHIR server. */
    @Override
    public Optional<Appointment> reconcile(AppointmentCancel input, String key, CallContext call) {
        return bare.reconcile(input, key, call);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCancel input, CallContext call) {
        return bare.currentVersion(input, call);
    }

    /**
     * Gives up an appointment that has been moved.
     *
     * @param reason stored with it where Medplum does not look after the schedule
     * @return what is left to be done, in the hub's words
     * @throws EhrFailure when it stands
     */
    List<String> giveUp(org.hl7.fhir.r4.model.Appointment source, String reason, CallContext call) {
        var held = slots.of(source, call);
        if (slots.areManaged(held, call)) {
            return operation.cancel(source, held, one -> {}, call).warnings();
        }
        var reference = new Reference(server.ehr(), "Appointment", source.getIdPart());
        var way = held.isEmpty() ? bare : stored;
        return way.handle(new AppointmentCancel(reference, reason, null, null), call) instanceof ToolResult.Ok<?> ok
                ? ok.warnings()
                : List.of();
    }

    /** Whether Medplum looks after the schedule of an appointment. */
    boolean isManaged(org.hl7.fhir.r4.model.Appointment source, CallContext call) {
        return slots.areManaged(slots.of(source, call), call);
    }

    /** Empty where somebody else has cancelled it meanwhile: then its Slots are gone, and the EHR refuses. */
    private Optional<CancelOperation.Cancelled> operated(
            org.hl7.fhir.r4.model.Appointment source, List<Slot> held, CallContext call) {
        try {
            return Optional.of(operation.cancel(source, held, one -> mark(one, call), call));
        } catch (EhrFailure e) {
            boolean refused = e.code() == ErrorCode.REJECTED_BY_EHR || e.code() == ErrorCode.CONFLICT;
            if (refused && read(source.getIdPart(), call).getStatus() == AppointmentStatus.CANCELLED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void mark(org.hl7.fhir.r4.model.Appointment source, CallContext call) {
        if (!WriteKeys.isIn(source, call.writeKey())) {
            WriteKeys.add(source, call.writeKey());
        }
    }

    /** The operation takes no reason, and FHIR allows none before it is done (R4, 12.4: app-4). */
    private ToolResult<Appointment> explained(
            CancelOperation.Cancelled done, @Nullable String reason, CallContext call) {
        var warnings = new ArrayList<>(done.warnings());
        if (reason != null && !stores(done.appointment(), reason, call)) {
            warnings.add(WITHOUT_REASON);
        }
        return shown.as(done.appointment().getIdPart(), AppointmentStatus.CANCELLED, warnings, call);
    }

    private boolean stores(org.hl7.fhir.r4.model.Appointment cancelled, String reason, CallContext call) {
        try {
            server.update(cancelled.setCancelationReason(new CodeableConcept().setText(reason)), call);
            return true;
        } catch (EhrFailure e) {
            return false;
        }
    }

    private org.hl7.fhir.r4.model.Appointment read(String id, CallContext call) {
        return reading.read(id, call);
    }
}

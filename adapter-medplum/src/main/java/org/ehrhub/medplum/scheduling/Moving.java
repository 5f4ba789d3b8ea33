package org.ehrhub.medplum.scheduling;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.appointments.AppointmentReading;
import org.ehrhub.fhir.appointments.AppointmentRecords;
import org.ehrhub.fhir.appointments.Rescheduling;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentReschedule;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;

/**
 * {@code appointment.reschedule}. Medplum moves nothing: the new time is booked first, then the old appointment is cancelled,
 * so that the patient has a time at every moment. Where the old one cannot be cancelled the new one is given back.
 */
final class Moving implements WriteHandler<AppointmentReschedule, Appointment> {
    private static final String ANEW =
            "The EHR moves no appointments: this one was booked anew, and the one before is cancelled. Use the new reference.";
    private static final String MOVED = "Moved to another time.";
    private static final Set<AppointmentStatus> TO_COME =
            EnumSet.of(AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.BOOKED);

    private final FhirServer server;
    private final AppointmentReading reading;
    private final BookOperation operation;
    private final CancelOperation cancelling;
    private final Cancellation cancellation;
    private final StoredSlots slots;
    private final OwnBookings own;
    private final Shown shown;
    private final Rescheduling stored;

    Moving(FhirServer server) {
        this.server = server;
        this.reading = new AppointmentReading(server);
        this.operation = new BookOperation(server);
        this.cancelling = new CancelOperation(server);
        this.cancellation = new Cancellation(server);
        this.slots = new StoredSlots(server);
        this.own = new OwnBookings(server);
        this.shown = new Shown(server);
        this.stored = Rescheduling.oneByOne(server);
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentReschedule input, CallContext call) {
        var time = FreeTime.of(input.slotRef(), server.ehr());
        var old = reading.read(id(input), call);
        if (time.isEmpty()) {
            return intoStored(input, old, call);
        }
        if (!TO_COME.contains(old.getStatus())) {
            throw Refusal.conflict(
                    "The appointment is over or cancelled, so it cannot be moved.",
                    "Read it again with appointment.get, and book a new one if it is needed.");
        }
        var patient = patient(old);
        var booked = operation.book(time.get(), patient.id(), made -> Carried.over(old, made, input.reason()), call);
        var left = giveUp(old, booked, call);
        var answer = shown.booked(booked, patient, call);
        var warnings = Stream.of(List.of(ANEW), left, answer.warnings())
                .flatMap(List::stream)
                .toList();
        return new ToolResult.Ok<>(answer.value(), answer.from(), warnings);
    }

    /** Done when the new one is booked and the old one is cancelled; in between the same write goes on where it stopped. */
    @Override
    public Optional<Appointment> reconcile(AppointmentReschedule input, String key, CallContext call) {
        var id = id(input);
        if (FreeTime.of(input.slotRef(), server.ehr()).isEmpty()) {
            return stored.reconcile(input, key, call);
        }
        return own.find(key, one -> !id.equals(one.getIdPart()), call)
                .filter(booked -> reading.read(id, call).getStatus() == AppointmentStatus.CANCELLED)
                .map(shown::record);
    }

    @Override
    public Optional<String> currentVersion(AppointmentReschedule input, CallContext call) {
        return stored.currentVersion(input, call);
    }

    private String id(AppointmentReschedule input) {
        return FhirId.of(input.appointment(), "appointment", server.ehr());
    }

    private ToolResult<Appointment> intoStored(
            AppointmentReschedule input, org.hl7.fhir.r4.model.Appointment old, CallContext call) {
        if (cancellation.isManaged(old, call)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The appointment is in a schedule that Medplum looks after, and the new time in one that it does not:"
                            + " the hub moves nothing between them.",
                    "Book the new time with appointment.create, then cancel the old one with appointment.cancel.");
        }
        return StoredSlots.warned(stored.handle(input, call));
    }

    private Reference patient(org.hl7.fhir.r4.model.Appointment old) {
        return AppointmentRecords.actors(old, "Patient")
                .map(server::reference)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.UNSUPPORTED,
                        "The appointment has no patient for whom the new time could be booked.",
                        "Look at this appointment in the EHR itself."));
    }

    private List<String> giveUp(org.hl7.fhir.r4.model.Appointment old, String booked, CallContext call) {
        try {
            return cancellation.giveUp(old, MOVED, call);
        } catch (EhrFailure e) {
            if (e.code() != ErrorCode.OUTCOME_UNKNOWN) {
                takeBack(booked, call);
                throw new EhrFailure(
                        e.code(),
                        "The old appointment could not be cancelled, so the new time was given back: nothing was moved.",
                        "Read the appointment again with appointment.get before you decide anew.");
            }
            if (!isCancelled(old.getIdPart(), call)) {
                throw bothStand();
            }
            return List.of();
        }
    }

    private boolean isCancelled(String id, CallContext call) {
        try {
            return reading.read(id, call).getStatus() == AppointmentStatus.CANCELLED;
        } catch (EhrFailure e) {
            return false;
        }
    }

    /** Without its key, so that the same write may be done again. */
    private void takeBack(String booked, CallContext call) {
        try {
            var made = server.read(org.hl7.fhir.r4.model.Appointment.class, booked, call);
            cancelling.cancel(made, slots.of(made, call), one -> WriteKeys.remove(one, call.writeKey()), call);
        } catch (EhrFailure e) {
            throw bothStand();
        }
    }

    private static EhrFailure bothStand() {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "The new time is booked, and the old appointment may stand as well.",
                "Call again with the same idempotencyKey to go on, or list the patient's appointments and cancel one.");
    }
}

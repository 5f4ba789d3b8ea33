package org.ehrhub.fhir.appointments;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentReschedule;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;

/** {@code appointment.reschedule}: the appointment keeps its id; where the new time is taken the old one stands. */
public final class Rescheduling implements WriteHandler<AppointmentReschedule, Appointment> {
    private static final String WAS_THERE = "The appointment was at this time before; nothing was changed.";
    private static final Set<AppointmentStatus> TO_COME =
            EnumSet.of(AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.BOOKED);

    private final FhirServer server;
    private final AppointmentReading reading;
    private final BookingDesk desk;
    private final Way way;

    private Rescheduling(FhirServer server, Way way) {
        this.server = server;
        this.reading = new AppointmentReading(server);
        this.desk = new BookingDesk(server);
        this.way = way;
    }

    /** How the new time is taken and the old one given back. */
    interface Way {
        /**
         * Moves the appointment, or leaves it where it was and fails with {@code CONFLICT}.
         *
         * @param held the appointment as it was read
         * @return what is left to be done, in the hub's words
         */
        List<String> move(org.hl7.fhir.r4.model.Appointment held, Move move, CallContext call);

        /** Looks once more at an appointment that an earlier try may have moved. */
        default void confirm(org.hl7.fhir.r4.model.Appointment moved, Move move, CallContext call) {}
    }

    /** In one transaction. */
    public static Rescheduling inTransaction(FhirServer server) {
        return new Rescheduling(server, new TransactionMove(server));
    }

    /** The new slot, the appointment, the old slots. */
    public static Rescheduling oneByOne(FhirServer server) {
        return new Rescheduling(server, new ConditionalMove(server));
    }

    /** On a server without slots, looking before and after. */
    public static Rescheduling checked(FhirServer server) {
        return new Rescheduling(server, new CheckedMove(server));
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentReschedule input, CallContext call) {
        var move = move(input);
        var held = read(input, call);
        if (WriteKeys.isIn(held, call.writeKey())) {
            return new ToolResult.Ok<>(desk.record(held), server.provenance(held));
        }
        if (!TO_COME.contains(held.getStatus())) {
            throw Refusal.conflict(
                    "The appointment is over or cancelled, so it cannot be moved.",
                    "Read it again with appointment.get, and book a new one if it is needed.");
        }
        if (move.isDone(held)) {
            return new ToolResult.Ok<>(desk.record(held), server.provenance(held), List.of(WAS_THERE));
        }
        var warnings = way.move(held, move, call);
        return desk.readBack(
                held.getIdPart(), now -> WriteKeys.isIn(now, call.writeKey()) || move.isDone(now), warnings, call);
    }

    /** Done whoever did it: an appointment that is at the time already was found so, without this write's key. */
    @Override
    public Optional<Appointment> reconcile(AppointmentReschedule input, String key, CallContext call) {
        var move = move(input);
        var held = read(input, call);
        boolean done = WriteKeys.isIn(held, key) || (TO_COME.contains(held.getStatus()) && move.isDone(held));
        if (done) {
            way.confirm(held, move, call);
        }
        return done ? Optional.of(desk.record(held)) : Optional.empty();
    }

    @Override
    public Optional<String> currentVersion(AppointmentReschedule input, CallContext call) {
        return Optional.ofNullable(server.provenance(read(input, call)).version());
    }

    private Move move(AppointmentReschedule input) {
        return new Move(server, Offer.of(input.slotRef(), server.ehr()), input.reason());
    }

    private org.hl7.fhir.r4.model.Appointment read(AppointmentReschedule input, CallContext call) {
        return reading.read(FhirId.of(input.appointment(), "appointment", server.ehr()), call);
    }
}

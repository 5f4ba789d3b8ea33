package org.ehrhub.fhir.appointments;

import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Slot;

/** The new slot first, then the appointment, each under its version; then the old slots are given back. */
final class ConditionalMove implements Rescheduling.Way {
    private static final String STILL_BUSY =
            "The appointment is moved, but the EHR did not give its old time back: that slot still shows as busy.";

    private final FhirServer server;
    private final OfferedSlots slots;
    private final SlotTaking taking;

    ConditionalMove(FhirServer server) {
        this.server = server;
        this.slots = new OfferedSlots(server);
        this.taking = new SlotTaking(server);
    }

    @Override
    public List<String> move(Appointment held, Move move, CallContext call) {
        var old = slots.of(held, call);
        var slot = slots.open(move.offer(), call);
        taking.take(slot, call);
        move.make(held, call.writeKey());
        write(held, slot, call);
        boolean free = old.stream()
                .map(one -> taking.free(one.getIdPart(), call))
                // Each is tried, also after one has failed.
                .reduce(true, Boolean::logicalAnd);
        return free ? List.of() : List.of(STILL_BUSY);
    }

    private void write(Appointment moved, Slot slot, CallContext call) {
        try {
            server.update(moved, call);
        } catch (EhrFailure e) {
            if (e.code() != ErrorCode.OUTCOME_UNKNOWN) {
                taking.giveBack(slot, call);
                throw e;
            }
            if (!isWritten(moved.getIdPart(), call)) {
                throw e;
            }
        }
    }

    private boolean isWritten(String id, CallContext call) {
        try {
            return WriteKeys.isIn(server.read(Appointment.class, id, call), call.writeKey());
        } catch (EhrFailure e) {
            return false;
        }
    }
}

package org.ehrhub.fhir.appointments;

import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Appointment;

/** The hub looks before it moves and again afterwards, and moves back when another was there first. */
final class CheckedMove implements Rescheduling.Way {
    private final FhirServer server;
    private final HeldTimes times;

    CheckedMove(FhirServer server) {
        this.server = server;
        this.times = new HeldTimes(server);
    }

    @Override
    public List<String> move(Appointment held, Move move, CallContext call) {
        var id = held.getIdPart();
        if (times.at(move.offer(), call).stream()
                .anyMatch(one -> !one.getIdPart().equals(id))) {
            throw BookingDesk.taken();
        }
        var before = held.copy();
        move.make(held, call.writeKey());
        server.update(held, call);
        if (!times.isFirst(id, move.offer(), call)) {
            moveBack(before, call);
            throw BookingDesk.taken();
        }
        return List.of();
    }

    @Override
    public void confirm(Appointment moved, Move move, CallContext call) {
        times.mustBeFirst(moved, move.offer(), call);
    }

    /** As it was, without the key of this write, so that it may be tried again. */
    private void moveBack(Appointment before, CallContext call) {
        try {
            var now = server.read(Appointment.class, before.getIdPart(), call);
            before.setMeta(now.getMeta());
            server.update(before, call);
        } catch (EhrFailure e) {
            throw HeldTimes.takenTwice();
        }
    }
}

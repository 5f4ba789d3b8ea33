package org.ehrhub.fhir.appointments;

import java.util.List;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/** The new slot, the appointment and the old slots in one transaction, each under its version: all of it or nothing. */
final class TransactionMove implements Rescheduling.Way {
    private final OfferedSlots slots;
    private final TransactionBooking booking;

    TransactionMove(FhirServer server) {
        this.slots = new OfferedSlots(server);
        this.booking = new TransactionBooking(server);
    }

    @Override
    public List<String> move(Appointment held, Move move, CallContext call) {
        var old = slots.of(held, call);
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        booking.put(bundle, slots.open(move.offer(), call).setStatus(SlotStatus.BUSY));
        move.make(held, call.writeKey());
        booking.put(bundle, held);
        for (var slot : old) {
            slot.getIdentifier().removeIf(WriteKeys::isOne);
            booking.put(bundle, slot.setStatus(SlotStatus.FREE));
        }
        booking.done(bundle, call);
        return List.of();
    }
}

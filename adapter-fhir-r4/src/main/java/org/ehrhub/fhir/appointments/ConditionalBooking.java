package org.ehrhub.fhir.appointments;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Slot;

/**
 * The slot first, under its version and with the key of the write, then the appointment. The slot is given back when the
 * appointment is refused; where that is not known, the same write under the same key goes on with it.
 */
final class ConditionalBooking implements SlotBooking.Way {
    private final FhirServer server;
    private final BookingDesk desk;
    private final SlotTaking taking;

    ConditionalBooking(FhirServer server) {
        this.server = server;
        this.desk = new BookingDesk(server);
        this.taking = new SlotTaking(server);
    }

    @Override
    public String book(Slot slot, Appointment draft, CallContext call) {
        taking.take(slot, call);
        try {
            return server.create(draft, WriteKeys.search("Appointment", call.writeKey()), call);
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
                return desk.writtenUnder(call.writeKey(), call).orElseThrow(() -> e);
            }
            taking.giveBack(slot, call);
            throw e;
        }
    }
}

package org.ehrhub.fhir.appointments;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The slot first, under its version, then the appointment; the slot is given back when the appointment is refused. */
final class ConditionalBooking implements SlotBooking.Way {
    private static final Logger LOG = LoggerFactory.getLogger(ConditionalBooking.class);

    private final FhirServer server;
    private final SlotRelease release;

    ConditionalBooking(FhirServer server) {
        this.server = server;
        this.release = new SlotRelease(server);
    }

    @Override
    public String book(Slot slot, Appointment draft, CallContext call) {
        server.update(slot, call);
        try {
            return server.create(draft, WriteKeys.search("Appointment", call.writeKey()), call);
        } catch (EhrFailure e) {
            if (e.code() != ErrorCode.OUTCOME_UNKNOWN && !release.free(slot.getIdPart(), call)) {
                LOG.warn("call {}: a slot of {} stays busy without an appointment", call.callId(), server.ehr());
                throw new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The EHR refused the appointment, but its slot stayed busy without one.",
                        "Choose another time, or ask somebody with access to the EHR to free the slot.");
            }
            throw e;
        }
    }
}

package org.ehrhub.fhir.appointments;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes slots one by one, and gives them back. */
final class SlotTaking {
    private static final Logger LOG = LoggerFactory.getLogger(SlotTaking.class);

    private final FhirServer server;

    SlotTaking(FhirServer server) {
        this.server = server;
    }

    /** Makes a slot busy under the version it had while free; one that this very write made busy before stays so. */
    void take(Slot slot, CallContext call) {
        if (slot.getStatus() == SlotStatus.FREE) {
            WriteKeys.add(slot, call.writeKey());
            server.update(slot.setStatus(SlotStatus.BUSY), call);
        }
    }

    /**
     * Gives a slot back that was taken for an appointment which was refused.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it stays busy
     */
    void giveBack(Slot slot, CallContext call) {
        if (!free(slot.getIdPart(), call)) {
            say(call.callId(), server.ehr());
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The EHR refused the appointment, but its slot stayed busy without one.",
                    "Choose another time, or ask somebody with access to the EHR to free the slot.");
        }
    }

    private static void say(String callId, String ehr) {
        LOG.warn("call {}: a slot of {} stays busy without an appointment", callId, ehr);
    }

    /** Whether the slot is free now; without keys, so that no later write takes it for its own. */
    boolean free(String id, CallContext call) {
        try {
            var slot = server.read(Slot.class, id, call);
            if (slot.getStatus() == SlotStatus.BUSY) {
                slot.getIdentifier().removeIf(WriteKeys::isOne);
                server.update(slot.setStatus(SlotStatus.FREE), call);
                return true;
            }
            return slot.getStatus() == SlotStatus.FREE;
        } catch (EhrFailure e) {
            return false;
        }
    }
}

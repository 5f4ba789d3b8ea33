package org.ehrhub.fhir.appointments;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/** Gives a busy slot back. */
final class SlotRelease {
    private final FhirServer server;

    SlotRelease(FhirServer server) {
        this.server = server;
    }

    /** Whether the slot is free now. */
    boolean free(String id, CallContext call) {
        try {
            var slot = server.read(Slot.class, id, call);
            if (slot.getStatus() == SlotStatus.BUSY) {
                server.update(slot.setStatus(SlotStatus.FREE), call);
                return true;
            }
            return slot.getStatus() == SlotStatus.FREE;
        } catch (EhrFailure e) {
            return false;
        }
    }
}

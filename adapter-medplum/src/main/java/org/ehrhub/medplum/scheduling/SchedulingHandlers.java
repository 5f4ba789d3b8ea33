package org.ehrhub.medplum.scheduling;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.appointments.AppointmentTools;

/** Registers what Medplum's own operations do about appointments; reading them is plain FHIR. */
public final class SchedulingHandlers {
    private SchedulingHandlers() {}

    /** Registers the tools. */
    public static void register(FhirTools tools, FhirServer server) {
        var looked = Needs.search("Schedule")
                .wanting(Needs.search("Slot")
                        .and(Needs.read("HealthcareService"))
                        .and(Needs.read("Practitioner")));
        var written = Needs.update("Appointment").wanting(Needs.search("Slot").and(Needs.update("Slot")));
        tools.onList(AppointmentTools.SLOT_SEARCH, new FreeTimeListing(server)::search, looked, Feature.HOLDS_HONOURED)
                .onWrite(
                        AppointmentTools.CREATE,
                        new Booking(server),
                        Needs.create("Appointment").and(Needs.create("Slot")).and(written),
                        Feature.DOUBLE_BOOKING_REFUSED,
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        AppointmentTools.RESCHEDULE,
                        new Moving(server),
                        Needs.create("Appointment").and(Needs.create("Slot")).and(written),
                        Feature.DOUBLE_BOOKING_REFUSED,
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        AppointmentTools.CANCEL,
                        new Cancellation(server),
                        written,
                        Feature.WRITE_KEY_STORED,
                        Feature.HOLDS_HONOURED);
    }
}

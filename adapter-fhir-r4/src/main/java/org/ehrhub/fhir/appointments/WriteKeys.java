package org.ehrhub.fhir.appointments;

import java.util.Optional;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;

/** The hub's keys of its writes, kept in the appointments themselves as identifiers of a system of their own. */
final class WriteKeys {
    private static final String SYSTEM = "urn:ehrhub:write-key";

    private final ResultPages pages;

    WriteKeys(FhirServer server) {
        this.pages = new ResultPages(server);
    }

    static void add(Appointment appointment, String key) {
        appointment.addIdentifier().setSystem(SYSTEM).setValue(key);
    }

    static void remove(Appointment appointment, String key) {
        appointment.getIdentifier().removeIf(id -> SYSTEM.equals(id.getSystem()) && key.equals(id.getValue()));
    }

    static boolean isIn(Appointment appointment, String key) {
        return appointment.getIdentifier().stream()
                .anyMatch(id -> SYSTEM.equals(id.getSystem()) && key.equals(id.getValue()));
    }

    /** The search that finds what was written under a key. */
    static SearchUrl search(String key) {
        return SearchUrl.of("Appointment").token("identifier", SYSTEM + "|" + key);
    }

    /** What was written under a key, as the server holds it now. */
    Optional<Appointment> find(String key, CallContext call) {
        return pages.all(Appointment.class, search(key), call).stream()
                .filter(found -> isIn(found, key) && found.getStatus() != AppointmentStatus.ENTEREDINERROR)
                .findFirst();
    }
}

package org.ehrhub.medplum.scheduling;

import java.util.Optional;
import java.util.function.Predicate;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Slot;

/**
 * What the hub booked by {@code $book} under a key: it is in the Slot from the first moment on, and in the appointment, which
 * the EHR makes itself, once that was completed.
 */
final class OwnBookings {
    private final FhirServer server;
    private final ResultPages pages;
    private final WriteKeys keys;

    OwnBookings(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.keys = new WriteKeys(server);
    }

    /** The appointment that was booked under a key. */
    Optional<Appointment> find(String key, CallContext call) {
        return find(key, one -> true, call);
    }

    /** The appointment that was booked under a key, of those that are meant. */
    Optional<Appointment> find(String key, Predicate<Appointment> meant, CallContext call) {
        return pages.all(Appointment.class, WriteKeys.search("Appointment", key), call).stream()
                .filter(one -> WriteKeys.isIn(one, key) && !WriteKeys.isEnteredInError(one) && meant.test(one))
                .findFirst()
                .or(() -> keys.find(Slot.class, key, call)
                        .flatMap(slot -> in(slot, call))
                        .filter(meant));
    }

    private Optional<Appointment> in(Slot slot, CallContext call) {
        var search = SearchUrl.of("Appointment").written("slot", "Slot/" + slot.getIdPart());
        return pages.all(Appointment.class, search, call).stream()
                .filter(one -> !WriteKeys.isEnteredInError(one) && holds(one, slot))
                .findFirst();
    }

    private boolean holds(Appointment one, Slot slot) {
        return one.getSlot().stream()
                .map(server::reference)
                .anyMatch(held -> held != null && held.id().equals(slot.getIdPart()));
    }
}

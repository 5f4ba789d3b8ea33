package org.ehrhub.medplum.scheduling;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Slot;

/**
 * Medplum's {@code Appointment/$book}, which alone looks whether a time is free. It makes an appointment of its own, without
 * what the caller said, and leaves what it keeps free around the visit in Slots that the appointment does not name: the hub adds
 * both afterwards, so that {@code $cancel} gives all of the time back.
 */
final class BookOperation {
    private final FhirServer server;
    private final OwnBookings own;
    private final FindOperation find;

    BookOperation(FhirServer server) {
        this.server = server;
        this.own = new OwnBookings(server);
        this.find = new FindOperation(server);
    }

    /**
     * Books a time.
     *
     * @param patient the id of the patient
     * @param details adds what the caller said to the appointment
     * @return the id of the appointment
     * @throws EhrFailure {@code CONFLICT} when the time is not free
     */
    String book(FreeTime time, String patient, Consumer<Appointment> details, CallContext call) {
        var answer = asked(time, patient, call);
        var made = answer.isPresent()
                ? records(answer.get(), Appointment.class).stream().findFirst().orElseThrow(FhirServer::unclear)
                : own.find(call.writeKey(), one -> one.getStatus() == AppointmentStatus.BOOKED, call)
                        .orElseThrow(BookOperation::taken);
        var around = answer.stream()
                .flatMap(bundle -> records(bundle, Slot.class).stream())
                .map(slot -> "Slot/" + slot.getIdPart())
                .toList();
        complete(made, around, details, call);
        return made.getIdPart();
    }

    /** What the EHR made; empty where the time was taken, be it by an earlier try of this very write. */
    private Optional<Bundle> asked(FreeTime time, String patient, CallContext call) {
        var booking = time.booking(patient, call.writeKey());
        try {
            return Optional.of(server.operation("Appointment/$book", booking, true, Bundle.class, call));
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.CONFLICT) {
                return Optional.empty();
            }
            // It has one status for what is wrong with a request and for a time that is not offered any more.
            throw e.code() == ErrorCode.REJECTED_BY_EHR && !isOffered(time, call) ? taken() : e;
        }
    }

    private boolean isOffered(FreeTime time, CallContext call) {
        try {
            return find.offers(time, call);
        } catch (EhrFailure e) {
            return true; // not known, so the refusal stands as it is
        }
    }

    private void complete(Appointment made, List<String> around, Consumer<Appointment> details, CallContext call) {
        if (WriteKeys.isIn(made, call.writeKey())) {
            return;
        }
        around.stream()
                .filter(slot -> made.getSlot().stream().noneMatch(held -> slot.equals(held.getReference())))
                .forEach(slot -> made.addSlot(new Reference(slot)));
        details.accept(made);
        WriteKeys.add(made, call.writeKey());
        try {
            server.update(made, call);
        } catch (EhrFailure e) {
            return; // the booking stands without it, and reading it back shows what is missing
        }
    }

    private static <R extends Resource> List<R> records(Bundle answer, Class<R> type) {
        return answer.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(resource -> type.isInstance(resource)
                        && Optional.ofNullable(resource.getIdPart()).isPresent())
                .map(type::cast)
                .toList();
    }

    /** The failure of a write that came second. */
    static EhrFailure taken() {
        return new EhrFailure(
                ErrorCode.CONFLICT, "The time is taken.", "Call slot.search again and choose another time.");
    }
}

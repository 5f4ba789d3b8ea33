package org.ehrhub.fhir.appointments;

import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.jspecify.annotations.Nullable;

/** The Slot resources behind offers. */
final class OfferedSlots {
    private final FhirServer server;
    private final ResultPages pages;

    OfferedSlots(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
    }

    /**
     * The slot to be taken: still free and as it was offered, or taken already by an earlier try of this very write that got
     * no further.
     *
     * @throws EhrFailure {@code CONFLICT} when it is neither
     */
    Slot open(Offer offer, CallContext call) {
        var slot = find(offer, call).orElseThrow(BookingDesk::taken);
        boolean asOffered = offer.startTime().equals(AppointmentRecords.time(slot.getStartElement()))
                && offer.endTime().equals(AppointmentRecords.time(slot.getEndElement()));
        if (!asOffered || !(slot.getStatus() == SlotStatus.FREE || isLeftOver(slot, call))) {
            throw BookingDesk.taken();
        }
        return slot;
    }

    /** The slots that an appointment holds. */
    List<Slot> of(Appointment appointment, CallContext call) {
        return appointment.getSlot().stream()
                .map(server::reference)
                .filter(reference -> reference != null && reference.type().equals("Slot"))
                .flatMap(reference -> read(reference.id(), call).stream())
                .filter(slot -> slot.getStatus() == SlotStatus.BUSY)
                .toList();
    }

    Optional<String> version(Offer offer, CallContext call) {
        return find(offer, call).flatMap(slot -> {
            @Nullable String version = slot.getMeta().getVersionId();
            return Optional.ofNullable(version);
        });
    }

    private Optional<Slot> find(Offer offer, CallContext call) {
        return offer.slot() == null ? Optional.empty() : read(offer.slot(), call);
    }

    private Optional<Slot> read(String id, CallContext call) {
        try {
            return Optional.of(server.read(Slot.class, id, call));
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isLeftOver(Slot slot, CallContext call) {
        return slot.getStatus() == SlotStatus.BUSY
                && WriteKeys.isIn(slot, call.writeKey())
                && pages
                        .all(
                                Appointment.class,
                                SearchUrl.of("Appointment").written("slot", "Slot/" + slot.getIdPart()),
                                call)
                        .stream()
                        .allMatch(one -> one.getStatus() == AppointmentStatus.CANCELLED || !isIn(one, slot));
    }

    private boolean isIn(Appointment one, Slot slot) {
        return one.getSlot().stream()
                .map(server::reference)
                .anyMatch(reference -> reference != null && reference.id().equals(slot.getIdPart()));
    }
}

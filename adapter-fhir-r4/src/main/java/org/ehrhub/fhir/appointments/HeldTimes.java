package org.ehrhub.fhir.appointments;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;

/**
 * Who holds a time on a server without Slot resources. Of two appointments at one time the one that the server stored first
 * holds it, and of two stored at the same moment the one with the lower id, so that all who look agree.
 */
final class HeldTimes {
    private static final Set<AppointmentStatus> NOT_HELD = EnumSet.of(
            AppointmentStatus.CANCELLED,
            AppointmentStatus.NOSHOW,
            AppointmentStatus.ENTEREDINERROR,
            AppointmentStatus.PROPOSED,
            AppointmentStatus.WAITLIST);
    private static final Duration LONGEST_VISIT = Duration.ofDays(1);
    private static final Comparator<Appointment> FIRST_STORED =
            Comparator.comparing((Appointment one) -> stored(one)).thenComparing(one -> one.getIdPart());

    private final FhirServer server;
    private final ResultPages pages;

    HeldTimes(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
    }

    /** The appointments at an offered time with whom or where it is offered. */
    List<Appointment> at(Offer offer, CallContext call) {
        var who = offer.who() == null ? offer.where() : offer.who();
        if (who == null) {
            throw BookingDesk.taken();
        }
        var search = SearchUrl.of("Appointment")
                .written("actor", who)
                .time("date", "ge", offer.startTime().minus(LONGEST_VISIT))
                .time("date", "lt", offer.endTime());
        return pages.all(Appointment.class, search, call).stream()
                .filter(one -> isHeld(one, offer) && isWith(one, who))
                .toList();
    }

    /**
     * Whether the hub's own appointment holds the time, after it was written.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when that cannot be told: nobody has checked it then
     */
    boolean isFirst(String own, Offer offer, CallContext call) {
        try {
            var held = at(offer, call);
            if (held.stream().noneMatch(one -> one.getIdPart().equals(own))) {
                throw FhirServer.unclear();
            }
            return held.stream().min(FIRST_STORED).orElseThrow().getIdPart().equals(own);
        } catch (EhrFailure e) {
            throw FhirServer.unclear();
        }
    }

    /**
     * Looks at an appointment that an earlier try left: one that came second and was not taken back is not done, the time
     * is taken twice.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it is so
     */
    void mustBeFirst(Appointment own, Offer offer, CallContext call) {
        if (isHeld(own, offer)
                && at(offer, call).stream()
                        .min(FIRST_STORED)
                        .filter(first -> !first.getIdPart().equals(own.getIdPart()))
                        .isPresent()) {
            throw FhirServer.unclear();
        }
    }

    /** The failure of a write that came second and stands. */
    static EhrFailure takenTwice() {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "The time is taken twice now: the hub's booking came second and could not be taken back.",
                "Cancel the patient's appointment of this time, or ask somebody with access to the EHR.");
    }

    private boolean isWith(Appointment one, String who) {
        return one.getParticipant().stream()
                .map(participant -> server.reference(participant.getActor()))
                .anyMatch(actor -> actor != null && who.equals(actor.type() + "/" + actor.id()));
    }

    private static boolean isHeld(Appointment one, Offer offer) {
        if (NOT_HELD.contains(one.getStatus())) {
            return false;
        }
        var start = AppointmentRecords.time(one.getStartElement());
        var end = AppointmentRecords.time(one.getEndElement());
        return start != null
                && start.isBefore(offer.endTime())
                && (end == null ? !start.isBefore(offer.startTime()) : end.isAfter(offer.startTime()));
    }

    private static OffsetDateTime stored(Appointment one) {
        var stored = AppointmentRecords.time(one.getMeta().getLastUpdatedElement());
        return stored == null ? OffsetDateTime.MIN : stored;
    }
}

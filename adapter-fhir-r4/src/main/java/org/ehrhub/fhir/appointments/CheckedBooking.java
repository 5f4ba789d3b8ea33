package org.ehrhub.fhir.appointments;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;

/**
 * {@code appointment.create} on a server that would book a time twice: the hub looks before it books and again afterwards,
 * and takes its own booking back when another was there first. Of two bookings the one that the server stored first wins,
 * and of two stored at the same time the one with the lower id, so that all who look agree.
 */
public final class CheckedBooking implements WriteHandler<AppointmentCreate, Appointment> {
    private static final Set<AppointmentStatus> NOT_HELD = EnumSet.of(
            AppointmentStatus.CANCELLED,
            AppointmentStatus.NOSHOW,
            AppointmentStatus.ENTEREDINERROR,
            AppointmentStatus.PROPOSED,
            AppointmentStatus.WAITLIST);
    private static final Duration LONGEST_VISIT = Duration.ofDays(1);
    private static final Comparator<org.hl7.fhir.r4.model.Appointment> FIRST_STORED = Comparator.comparing(
                    (org.hl7.fhir.r4.model.Appointment one) -> stored(one))
            .thenComparing(one -> one.getIdPart());

    private final FhirServer server;
    private final ResultPages pages;
    private final BookingDesk desk;
    private final WriteKeys keys;

    /** Bookings on this server. */
    public CheckedBooking(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.desk = new BookingDesk(server);
        this.keys = new WriteKeys(server);
    }

    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        var offer = Offer.of(input.slotRef(), server.ehr());
        var patient = desk.patient(input, call);
        if (!holding(offer, call).isEmpty()) {
            throw BookingDesk.taken();
        }
        var draft = BookingDesk.draft(input, offer, patient, call.writeKey());
        var id = server.create(draft, WriteKeys.search("Appointment", call.writeKey()), call);
        var first = first(offer, id, call);
        if (!first.getIdPart().equals(id)) {
            takeBack(id, call);
            throw BookingDesk.taken();
        }
        return desk.booked(id, call);
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        var found = keys.find(org.hl7.fhir.r4.model.Appointment.class, key, call);
        found.ifPresent(own -> mustBeFirst(own, Offer.of(input.slotRef(), server.ehr()), call));
        return found.map(desk::record);
    }

    /** A proposal is not a record, so there is no version to bind an approval to. */
    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return Optional.empty();
    }

    /** A booking that came second and was not taken back is not done: the time is taken twice. */
    private void mustBeFirst(org.hl7.fhir.r4.model.Appointment own, Offer offer, CallContext call) {
        if (!NOT_HELD.contains(own.getStatus())
                && overlaps(own, offer)
                && holding(offer, call).stream()
                        .min(FIRST_STORED)
                        .filter(first -> !first.getIdPart().equals(own.getIdPart()))
                        .isPresent()) {
            throw FhirServer.unclear();
        }
    }

    /** Whoever holds the time, after the hub's own booking: a failure here leaves a booking that nobody has checked. */
    private org.hl7.fhir.r4.model.Appointment first(Offer offer, String own, CallContext call) {
        try {
            var held = holding(offer, call);
            if (held.stream().noneMatch(one -> one.getIdPart().equals(own))) {
                throw FhirServer.unclear();
            }
            return held.stream().min(FIRST_STORED).orElseThrow(FhirServer::unclear);
        } catch (EhrFailure e) {
            throw FhirServer.unclear();
        }
    }

    private List<org.hl7.fhir.r4.model.Appointment> holding(Offer offer, CallContext call) {
        var who = Objects.requireNonNullElse(offer.who(), offer.where());
        if (who == null) {
            throw BookingDesk.taken();
        }
        var search = SearchUrl.of("Appointment")
                .written("actor", who)
                .time("date", "ge", offer.startTime().minus(LONGEST_VISIT))
                .time("date", "lt", offer.endTime());
        return pages.all(org.hl7.fhir.r4.model.Appointment.class, search, call).stream()
                .filter(one -> !NOT_HELD.contains(one.getStatus()) && isWith(one, who) && overlaps(one, offer))
                .toList();
    }

    private boolean isWith(org.hl7.fhir.r4.model.Appointment one, String who) {
        return one.getParticipant().stream()
                .map(participant -> server.reference(participant.getActor()))
                .anyMatch(actor -> actor != null && who.equals(actor.type() + "/" + actor.id()));
    }

    private static boolean overlaps(org.hl7.fhir.r4.model.Appointment one, Offer offer) {
        OffsetDateTime start = AppointmentRecords.time(one.getStartElement());
        OffsetDateTime end = AppointmentRecords.time(one.getEndElement());
        return start != null
                && start.isBefore(offer.endTime())
                && (end == null ? !start.isBefore(offer.startTime()) : end.isAfter(offer.startTime()));
    }

    private static OffsetDateTime stored(org.hl7.fhir.r4.model.Appointment one) {
        var stored = AppointmentRecords.time(one.getMeta().getLastUpdatedElement());
        return stored == null ? OffsetDateTime.MIN : stored;
    }

    /** Without its key, so that the same write may be tried again. */
    private void takeBack(String id, CallContext call) {
        try {
            var own = server.read(org.hl7.fhir.r4.model.Appointment.class, id, call);
            WriteKeys.remove(own, call.writeKey());
            own.setStatus(AppointmentStatus.CANCELLED)
                    .setCancelationReason(new CodeableConcept().setText("The time was taken by somebody else first."));
            server.update(own, call);
        } catch (EhrFailure e) {
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The time is taken twice now: the hub's booking came second and could not be taken back.",
                    "Cancel the patient's appointment of this time, or ask somebody with access to the EHR.");
        }
    }
}

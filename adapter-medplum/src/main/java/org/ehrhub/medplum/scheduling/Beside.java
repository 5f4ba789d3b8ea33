package org.ehrhub.medplum.scheduling;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.fhir.appointments.AppointmentRecords;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is blocked right before and after a visit. {@code $book} stores what it keeps free around a visit as Slots that nothing
 * names; they are known by the moment they were stored, which is that of the visit's own Slot.
 *
 * @param own Slots that came with the visit
 * @param strange whether there are others, of which nobody can tell whose they are
 */
record Beside(List<Slot> own, boolean strange) {
    private static final Duration ONE_TRANSACTION = Duration.ofSeconds(2);
    private static final int LONGEST_DAYS = 1;

    /** What is beside these Slots; nothing where one of them is what is kept free, which shows that all is named. */
    static Beside of(List<Slot> held, FhirServer server, CallContext call) {
        if (held.stream().anyMatch(slot -> slot.getStatus() == SlotStatus.BUSYUNAVAILABLE)) {
            return new Beside(List.of(), false);
        }
        var beside = held.stream()
                .filter(slot -> slot.hasStart() && slot.hasEnd())
                .flatMap(slot -> neighbours(slot, server, call).map(neighbour -> new Pair(slot, neighbour)))
                .toList();
        var own =
                beside.stream().filter(Pair::isOfOneMoment).map(Pair::neighbour).toList();
        return new Beside(own, own.size() < beside.size());
    }

    private record Pair(Slot visit, Slot neighbour) {
        boolean isOfOneMoment() {
            var first = stored(visit);
            var second = stored(neighbour);
            return first != null
                    && second != null
                    && Duration.between(first, second).abs().compareTo(ONE_TRANSACTION) <= 0;
        }
    }

    private static Stream<Slot> neighbours(Slot visit, FhirServer server, CallContext call) {
        var schedule = server.reference(visit.getSchedule());
        var start = AppointmentRecords.time(visit.getStartElement());
        var end = AppointmentRecords.time(visit.getEndElement());
        if (schedule == null || start == null || end == null) {
            return Stream.empty();
        }
        var search = SearchUrl.of("Slot")
                .written("schedule", "Schedule/" + schedule.id())
                .written("status", "busy-unavailable")
                .time("start", "ge", start.minusDays(LONGEST_DAYS))
                .time("start", "le", end);
        return new ResultPages(server)
                .all(Slot.class, search, call).stream()
                        .filter(slot -> slot.getStatus() == SlotStatus.BUSYUNAVAILABLE
                                && schedule.equals(server.reference(slot.getSchedule())))
                        .filter(slot -> is(slot.getEndElement(), start) || is(slot.getStartElement(), end));
    }

    private static boolean is(InstantType time, OffsetDateTime other) {
        var known = AppointmentRecords.time(time);
        return known != null && known.isEqual(other);
    }

    private static @Nullable OffsetDateTime stored(Slot slot) {
        return AppointmentRecords.time(slot.getMeta().getLastUpdatedElement());
    }
}

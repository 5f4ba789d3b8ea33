package org.ehrhub.medplum.scheduling;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ehrhub.fhir.appointments.AppointmentRecords;
import org.ehrhub.fhir.appointments.Schedules;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.appointments.Slot;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.jspecify.annotations.Nullable;

/**
 * A service on a schedule that Medplum works out the free times of.
 *
 * @param wanted the kind of visit that is asked for; any without it
 * @param from the earliest start
 * @param until starts are before
 */
record WorkedOutDiary(
        FhirServer server,
        Schedules known,
        Offering offering,
        @Nullable CodeToken wanted,
        Instant from,
        Instant until) implements Diary {
    @Override
    public String name() {
        return "find:" + offering.scheduleId() + ":" + offering.service();
    }

    @Override
    public void fill(FreeTimePage page, Place from) {
        var find = new FindOperation(server);
        var at = from.time(from());
        while (page.isOpen() && at.isBefore(until) && page.mayAsk(place(at))) {
            var found = find.ask(offering, at, until, page.room() + 1, page.call());
            for (var slot : found.slots()) {
                coding(slot).ifPresent(coding -> page.take(row(slot, coding), place(start(slot))));
            }
            at = found.next();
        }
    }

    private Place place(Instant at) {
        return new Place(name(), at.toString());
    }

    /** The code of the kind of visit, an empty one where it has none; nothing where it is not the one that is wanted. */
    private Optional<Coding> coding(org.hl7.fhir.r4.model.Slot slot) {
        List<Coding> codings = slot.getServiceType().stream()
                .flatMap(type -> type.getCoding().stream())
                .toList();
        return wanted == null
                ? Optional.of(codings.stream().findFirst().orElseGet(Coding::new))
                : codings.stream()
                        .filter(coding -> Offering.fits(coding, wanted))
                        .findFirst();
    }

    private Slot row(org.hl7.fhir.r4.model.Slot slot, Coding coding) {
        var free = new FreeTime(
                offering.scheduleId(),
                offering.service(),
                slot.getStartElement().getValueAsString(),
                slot.getEndElement().getValueAsString(),
                coding.hasSystem() ? coding.getSystem() : "",
                coding.hasCode() ? coding.getCode() : "");
        return new Slot(
                free.in(server.ehr()),
                free.startTime(),
                free.endTime(),
                known.participant(offering.schedule()),
                new Coded(
                        coding.hasCode() ? new CodeToken(coding.getSystem(), coding.getCode()).toString() : null,
                        coding.hasDisplay() ? coding.getDisplay() : offering.display()),
                Schedules.place(offering.schedule())
                        .flatMap(place -> Optional.ofNullable(place.getDisplay()))
                        .orElse(null));
    }

    private static Instant start(org.hl7.fhir.r4.model.Slot slot) {
        InstantType start = slot.getStartElement();
        return Objects.requireNonNull(AppointmentRecords.time(start)).toInstant();
    }
}

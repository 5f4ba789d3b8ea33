package org.ehrhub.medplum.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.appointments.AppointmentRecords;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/**
 * Medplum's {@code Schedule/[id]/$find}. It takes at most 31 days, and gives only visits that lie in them with all that is kept
 * free around them, where the hub wants those that start in a span: hence it is asked about a little more.
 */
final class FindOperation {
    private static final Duration MOST = Duration.ofDays(31);
    private static final Duration DAY = Duration.ofDays(1);

    /** What it gives at most. */
    private static final int MOST_ROWS = 1000;

    /** Rows that may come before the first that is wanted. */
    private static final int SPARE_ROWS = 8;

    private final FhirServer server;

    FindOperation(FhirServer server) {
        this.server = server;
    }

    /**
     * What one question found.
     *
     * @param slots that start in the part of the span that was asked about, in order
     * @param next from when on nothing is known yet
     */
    record Found(List<Slot> slots, Instant next) {}

    /**
     * Asks for the first free times of an offering that start in a span.
     *
     * @param enough how many are enough
     */
    Found ask(Offering offering, Instant from, Instant until, int enough, CallContext call) {
        var most = from.plus(MOST.minus(offering.before()).minus(offering.after()));
        var end = until.isBefore(most) ? until : most;
        return IntStream.of(Math.min(MOST_ROWS, enough + SPARE_ROWS), MOST_ROWS)
                .mapToObj(count -> ask(offering, new Span(from, end), count, call))
                .filter(found -> found.next().isAfter(from))
                .findFirst()
                .orElseThrow(FindOperation::tooMany);
    }

    /** Whether a free time is one still, by what the EHR offers now. */
    boolean offers(FreeTime time, CallContext call) {
        var start = time.startTime().toInstant();
        var around = new Span(start.minus(DAY), time.endTime().toInstant().plus(DAY));
        return slots(time.schedule(), time.service(), around, MOST_ROWS, call).stream()
                .filter(slot -> isFree(slot, time.schedule()))
                .anyMatch(slot -> start.equals(start(slot)));
    }

    private record Span(Instant from, Instant until) {}

    private Found ask(Offering offering, Span span, int count, CallContext call) {
        var asked = new Span(span.from().minus(offering.before()), span.until().plus(offering.after()));
        var given = slots(offering.scheduleId(), offering.service(), asked, count, call);
        var free = given.stream()
                .filter(slot -> isFree(slot, offering.scheduleId()))
                .toList();
        // Where it gave as many as it was asked for, there may be more behind the last.
        var next = given.size() < count || free.isEmpty()
                ? span.until()
                : start(free.getLast()).plusMillis(1);
        var fitting = free.stream()
                .filter(slot ->
                        !start(slot).isBefore(span.from()) && start(slot).isBefore(span.until()))
                .toList();
        return new Found(fitting, next.isBefore(span.until()) ? next : span.until());
    }

    private List<Slot> slots(String schedule, String service, Span span, int count, CallContext call) {
        var url = SearchUrl.ofOperation("Schedule/" + schedule, "find")
                .written("start", span.from().toString())
                .written("end", span.until().toString())
                .written("service-type-reference", "HealthcareService/" + service)
                .written("_count", Integer.toString(count));
        return server.search(url, call).getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(Slot.class::isInstance)
                .map(Slot.class::cast)
                .toList();
    }

    private boolean isFree(Slot slot, String schedule) {
        return slot.hasStart()
                && slot.hasEnd()
                && AppointmentRecords.isReadable(slot.getStartElement(), slot.getEndElement())
                && slot.getStatus() == SlotStatus.FREE
                && new Reference(server.ehr(), "Schedule", schedule).equals(server.reference(slot.getSchedule()));
    }

    private static Instant start(Slot slot) {
        return Objects.requireNonNull(AppointmentRecords.time(slot.getStartElement()))
                .toInstant();
    }

    private static EhrFailure tooMany() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR gives more free times before the wanted ones than the hub can read past.",
                "Ask for an earlier span.");
    }
}

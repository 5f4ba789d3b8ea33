package org.ehrhub.fhir.appointments;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.jspecify.annotations.Nullable;

/** {@code slot.search} on a server that has Slot resources (FHIR R4, 12.6). */
public final class SlotListing {
    private final FhirServer server;
    private final ResultPages pages;

    /** The slots of this server. */
    public SlotListing(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
    }

    /**
     * Finds free slots; a practitioner's through the schedules, since few servers search through two records at once. The
     * service type is not sent: a server would drop slots that have theirs from the schedule.
     */
    public ToolResult<Page<Slot>> search(SlotSearch input, CallContext call) {
        if (input.practitioner() == null) {
            return in(List.of(), slot -> true, input, call);
        }
        var id = FhirId.of(input.practitioner(), "practitioner", server.ehr());
        var schedules = call.cursor().isPresent() ? List.of("any") : schedules(id, call);
        return schedules.isEmpty()
                ? new ToolResult.Ok<>(Page.all(List.of()), server.provenance(null))
                : in(schedules, slot -> true, input, call);
    }

    /**
     * Finds free slots of one schedule only.
     *
     * @param schedule its id, as the server gave it
     */
    public ToolResult<Page<Slot>> of(String schedule, SlotSearch input, CallContext call) {
        var own = new Reference(server.ehr(), "Schedule", schedule);
        return in(
                List.of("Schedule/" + schedule), slot -> own.equals(server.reference(slot.getSchedule())), input, call);
    }

    private ToolResult<Page<Slot>> in(
            List<String> schedules,
            Predicate<org.hl7.fhir.r4.model.Slot> isOfThem,
            SlotSearch input,
            CallContext call) {
        var url = SearchUrl.of("Slot")
                .written("status", "free")
                .time("start", "ge", input.from())
                .time("start", "lt", input.to());
        if (!schedules.isEmpty()) {
            url.anyOf("schedule", schedules);
        }
        url.written("_include", "Slot:schedule")
                .written("_sort", "start")
                .written("_count", Integer.toString(input.rows()));
        var known = new Schedules(server, call);
        var query = new Query<>(
                org.hl7.fhir.r4.model.Slot.class,
                url,
                Query.named((slot, included) ->
                        isOfThem.test(slot) ? verdict(slot, known.of(slot, included), input) : Verdict.FILTER_IGNORED),
                (slot, included) -> row(slot, known, included));
        return pages.read(query, input.rows(), call);
    }

    private List<String> schedules(String practitioner, CallContext call) {
        var url = SearchUrl.of("Schedule").written("actor", "Practitioner/" + practitioner);
        return pages.all(Schedule.class, url, call).stream()
                .filter(schedule -> !schedule.hasActive() || schedule.getActive())
                .map(schedule -> "Schedule/" + schedule.getIdPart())
                .toList();
    }

    private Verdict verdict(org.hl7.fhir.r4.model.Slot slot, Schedule schedule, SlotSearch wanted) {
        if (slot.getStatus() == SlotStatus.ENTEREDINERROR) {
            return Verdict.ENTERED_IN_ERROR;
        }
        if (!AppointmentRecords.isReadable(slot.getStartElement(), slot.getEndElement())) {
            return Verdict.UNREADABLE;
        }
        var start = AppointmentRecords.time(slot.getStartElement());
        boolean fits = slot.getStatus() == SlotStatus.FREE
                && start != null
                && slot.hasEnd()
                && !start.isBefore(wanted.from())
                && start.isBefore(wanted.to())
                && isOf(schedule, wanted.practitioner());
        if (!fits) {
            return Verdict.FILTER_IGNORED;
        }
        if (!serves(slot, schedule, wanted.serviceType())) {
            return Verdict.LEFT_OUT;
        }
        return Modifiers.unknownIn(slot) ? Verdict.MODIFIED : Verdict.FITS;
    }

    private static boolean serves(org.hl7.fhir.r4.model.Slot slot, Schedule schedule, @Nullable String wanted) {
        var types = slot.hasServiceType() ? slot.getServiceType() : schedule.getServiceType();
        return wanted == null || AppointmentRecords.holds(types, wanted);
    }

    private boolean isOf(Schedule schedule, @Nullable Reference practitioner) {
        return practitioner == null
                || schedule.getActor().stream().anyMatch(actor -> practitioner.equals(server.reference(actor)));
    }

    private Slot row(org.hl7.fhir.r4.model.Slot slot, Schedules known, Included included) {
        var schedule = known.of(slot, included);
        var types = slot.hasServiceType() ? slot.getServiceType() : schedule.getServiceType();
        var token = AppointmentRecords.token(types);
        var offer = new Offer(
                slot.getIdPart(),
                slot.getStartElement().getValueAsString(),
                slot.getEndElement().getValueAsString(),
                written(Schedules.person(schedule)),
                written(Schedules.place(schedule)),
                token.map(CodeToken::system).orElse(null),
                token.map(CodeToken::code).orElse(null));
        return new Slot(
                offer.sealedFor(server.ehr()),
                offer.startTime(),
                offer.endTime(),
                known.participant(schedule),
                AppointmentRecords.coded(types),
                Schedules.place(schedule)
                        .flatMap(place -> Optional.ofNullable(place.getDisplay()))
                        .orElse(null));
    }

    private @Nullable String written(Optional<org.hl7.fhir.r4.model.Reference> actor) {
        return actor.flatMap(found -> Optional.ofNullable(server.reference(found)))
                .map(found -> found.type() + "/" + found.id())
                .orElse(null);
    }
}

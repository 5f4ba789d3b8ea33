package org.ehrhub.medplum.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.appointments.Schedules;
import org.ehrhub.fhir.appointments.SlotListing;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import org.hl7.fhir.r4.model.Schedule;

/**
 * {@code slot.search}: schedule by schedule, first those whose free times Medplum works out, by {@code $find}, then those that
 * have stored Slots only.
 */
final class FreeTimeListing {
    private final FhirServer server;
    private final SlotListing slots;

    FreeTimeListing(FhirServer server) {
        this.server = server;
        this.slots = new SlotListing(server);
    }

    ToolResult<Page<Slot>> search(SlotSearch input, CallContext call) {
        if (input.practitioner() != null) {
            FhirId.of(input.practitioner(), "practitioner", server.ehr());
        }
        var begin = call.cursor().map(Place::parse);
        var page = new FreeTimePage(input.rows(), call, server.clock());
        var diaries = diaries(input, call);
        var left = begin.map(place -> from(place, diaries)).orElse(diaries);
        for (var diary : left) {
            if (!page.isOpen()) {
                break;
            }
            fill(
                    page,
                    diary,
                    begin.filter(place -> place.diary().equals(diary.name())).orElse(new Place(diary.name(), "")));
        }
        return new ToolResult.Ok<>(page.page(), server.provenance(null));
    }

    private static void fill(FreeTimePage page, Diary diary, Place from) {
        try {
            diary.fill(page, from);
            page.done();
        } catch (EhrFailure e) {
            page.failed(e);
        }
    }

    private static List<Diary> from(Place place, List<Diary> diaries) {
        for (int at = 0; at < diaries.size(); at++) {
            if (diaries.get(at).name().equals(place.diary())) {
                return diaries.subList(at, diaries.size());
            }
        }
        throw new EhrFailure(
                ErrorCode.INVALID_INPUT,
                "`cursor` leads to a schedule that is not there any more.",
                "Search again, without a cursor.");
    }

    private List<Diary> diaries(SlotSearch input, CallContext call) {
        var offerings = new Offerings(server, call);
        var known = new Schedules(server, call);
        var wanted = input.serviceType() == null ? null : CodeToken.parse(input.serviceType(), "serviceType");
        var workedOut = new ArrayList<Diary>();
        var stored = new ArrayList<Diary>();
        for (var schedule : offerings.schedules(input.practitioner())) {
            var offered = offerings.of(schedule);
            if (offered.isEmpty()) {
                stored.add(new StoredDiary(slots, schedule.getIdPart(), input));
            }
            offered.stream()
                    .filter(offering -> offering.serves(wanted) && isPlanned(schedule, input))
                    .map(offering -> new WorkedOutDiary(
                            server,
                            known,
                            offering,
                            wanted,
                            input.from().toInstant(),
                            input.to().toInstant()))
                    .forEach(workedOut::add);
        }
        workedOut.addAll(stored);
        return workedOut;
    }

    /** Whether a schedule reaches into the span at all: the EHR refuses to be asked about one that does not. */
    private static boolean isPlanned(Schedule schedule, SlotSearch input) {
        var horizon = schedule.getPlanningHorizon();
        var first = input.from().toInstant();
        var last = input.to().toInstant();
        return (horizon.getStart() == null || horizon.getStart().toInstant().isBefore(last))
                && (horizon.getEnd() == null || !horizon.getEnd().toInstant().isBefore(first));
    }
}

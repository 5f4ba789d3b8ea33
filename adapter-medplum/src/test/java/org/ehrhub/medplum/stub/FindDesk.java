package org.ehrhub.medplum.stub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code Schedule/[id]/$find} and {@code Appointment/$find}: free times that are not stored anywhere. */
final class FindDesk {
    private static final int COST = 23;
    private static final int LONGEST_DAYS = 31;
    private static final List<String> REQUIRED = List.of("start", "end", "service-type-reference");

    private final Diary diary;

    FindDesk(Diary diary) {
        this.diary = diary;
    }

    Said onSchedule(Call call, String id) {
        var window = window(call.asked());
        call.charge(COST);
        var schedule = diary.schedule("Schedule/" + id);
        var opening = diary.opening(schedule, window.service());
        return bundle(free(Json.address(schedule), opening, window).stream()
                .map(start -> Diary.slot(Json.address(schedule), opening, start, start.plus(opening.visit()), "free"))
                .toList());
    }

    Said proposals(Call call) {
        var window = window(call.asked());
        var schedule = diary.schedule(call.asked()
                .parameter("schedule")
                .orElseThrow(
                        () -> Refused.bad("Expected at least 1 value(s) for required input parameter 'schedule'")));
        call.charge(COST);
        var opening = diary.opening(schedule, window.service());
        return bundle(free(Json.address(schedule), opening, window).stream()
                .map(start -> proposal(schedule, opening, start))
                .toList());
    }

    private record Window(Instant from, Instant to, String service, int count) {}

    private static Window window(Asked asked) {
        for (var name : REQUIRED) {
            if (asked.parameter(name).orElse("").isEmpty()) {
                throw Refused.bad("Expected at least 1 value(s) for required input parameter '" + name + "'");
            }
        }
        var given = Json.object();
        REQUIRED.forEach(name -> given.put(name, asked.parameter(name).orElse("")));
        var from = Diary.time(given, "start");
        var to = Diary.time(given, "end");
        if (Duration.between(from, to).compareTo(Duration.ofDays(LONGEST_DAYS)) > 0) {
            throw Refused.bad("Search range cannot exceed 31 days");
        }
        var count = asked.parameter("_count").map(Integer::parseInt).orElse(20);
        return new Window(from, to, Json.text(given, "service-type-reference"), count);
    }

    private List<Instant> free(String schedule, Opening opening, Window window) {
        var found = new ArrayList<Instant>();
        // A visit is only found with all that is kept free around it.
        var start = opening.aligned(window.from().plus(opening.before()));
        var around = opening.visit().plus(opening.after());
        while (!start.plus(around).isAfter(window.to()) && found.size() < window.count()) {
            if (diary.isFree(schedule, opening, start)) {
                found.add(start);
            }
            start = start.plus(opening.step());
        }
        return found;
    }

    private static ObjectNode proposal(ObjectNode schedule, Opening opening, Instant start) {
        var end = start.plus(opening.visit());
        var reference = Json.address(schedule);
        var proposal = Json.resource("Appointment")
                .put("start", Kept.moment(start))
                .put("end", Kept.moment(end))
                .put("status", "proposed");
        proposal.set("serviceType", Diary.serviceType(opening));
        var participants = proposal.putArray("participant");
        Json.items(schedule.path("actor"))
                .forEach(actor -> participants
                        .addObject()
                        .put("required", "required")
                        .put("status", "needs-action")
                        .set("actor", Json.reference(Json.text(actor, "reference"))));
        var contained = proposal.putArray("contained");
        contained.add(Diary.slot(reference, opening, start, end, "busy"));
        if (!opening.after().isZero()) {
            contained.add(Diary.slot(reference, opening, end, end.plus(opening.after()), "busy-unavailable"));
        }
        return proposal;
    }

    private static Said bundle(List<ObjectNode> found) {
        var bundle = Json.resource("Bundle").put("type", "searchset");
        if (!found.isEmpty()) {
            var entries = bundle.putArray("entry");
            found.forEach(one -> entries.addObject().set("resource", one));
        }
        return Said.fhir(200, bundle);
    }
}

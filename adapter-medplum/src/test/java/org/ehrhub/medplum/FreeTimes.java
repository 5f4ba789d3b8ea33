package org.ehrhub.medplum;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;
import tools.jackson.databind.JsonNode;

/**
 * {@code slot.search} by Medplum's {@code Schedule/{id}/$find}, one schedule and service after the other. {@code $find}
 * takes at most 31 days and wants a slot's end inside them, where the tool wants its start: hence two spans a schedule.
 */
record FreeTimes(String ehr, MedplumClient client, InstantSource clock) implements ToolHandler<SlotSearch, Page<Slot>> {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_SCHEDULES = 100;

    /** What one {@code $find} asks: slots of one schedule and service that start from here until there. */
    private record Span(String schedule, String service, Participant with, Instant from, Instant until) {
        boolean holds(String scheduleAndService, Instant start) {
            return (schedule + " " + service).equals(scheduleAndService)
                    && !start.isBefore(from)
                    && start.isBefore(until);
        }

        Span startingAt(Instant start) {
            return new Span(schedule, service, with, start, until);
        }
    }

    @Override
    public ToolResult<Page<Slot>> handle(SlotSearch input, CallContext call) {
        var schedules = client.read(schedules(input), call);
        var rows = new ArrayList<Slot>();
        String next = null;
        for (var span : from(call, spans(schedules, input))) {
            for (var free : find(span, input.rows() + 1 - rows.size(), call)) {
                if (rows.size() == input.rows()) {
                    next = span.schedule() + " " + span.service() + " " + free.start();
                } else {
                    rows.add(slot(free, span));
                }
            }
            if (next != null) {
                break;
            }
        }
        var more = schedules
                .path("link")
                .valueStream()
                .anyMatch(link -> link.path("relation").asString("").equals("next"));
        var page = new Page<>(rows, null, next, List.of(), more && next == null);
        return new ToolResult.Ok<>(page, new Provenance(ehr, clock.instant(), null));
    }

    private String schedules(SlotSearch input) {
        var who = input.practitioner();
        return "Schedule?active=true&_count=" + MOST_SCHEDULES
                + (who == null ? "" : "&actor=" + encoded(MedplumJson.own(ehr, who, "practitioner")));
    }

    private List<Span> spans(JsonNode schedules, SlotSearch input) {
        var found = new ArrayList<Span>();
        MedplumJson.resources(schedules, "Schedule")
                .forEach(schedule -> schedule.path("serviceType")
                        .valueStream()
                        .filter(concept -> wanted(concept, input.serviceType()))
                        .flatMap(concept -> MedplumJson.service(concept).stream())
                        .forEach(service -> {
                            var from = input.from().toInstant();
                            var split = from.plus(Duration.ofDays(30));
                            var to = input.to().toInstant();
                            var id = "Schedule/" + schedule.path("id").asString("");
                            var with = practitioner(schedule.path("actor").path(0));
                            found.add(new Span(id, service, with, from, to.isBefore(split) ? to : split));
                            if (to.isAfter(split)) {
                                found.add(new Span(id, service, with, split, to));
                            }
                        }));
        return found;
    }

    private static List<Span> from(CallContext call, List<Span> spans) {
        if (call.cursor().isEmpty()) {
            return spans;
        }
        var cursor = call.cursor().get();
        int end = cursor.lastIndexOf(' ');
        if (end < 0) {
            throw new EhrFailure(ErrorCode.INVALID_INPUT, "`cursor` is none of this EHR.", "Search again without it.");
        }
        var start = Instant.parse(cursor.substring(end + 1));
        var place = cursor.substring(0, end);
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).holds(place, start)) {
                var rest = new ArrayList<>(spans.subList(i, spans.size()));
                rest.set(0, rest.getFirst().startingAt(start));
                return rest;
            }
        }
        throw new EhrFailure(
                ErrorCode.INVALID_INPUT, "`cursor` leads to a schedule that is gone.", "Search again without it.");
    }

    private List<FreeTime> find(Span span, int count, CallContext call) {
        var path = span.schedule() + "/$find?start=" + span.from() + "&end="
                + span.until().plus(DAY) + "&service-type-reference=" + encoded(span.service()) + "&_count=" + count;
        return MedplumJson.resources(client.read(path, call), "Slot")
                .map(slot -> FreeTime.of(slot, span.service()))
                .filter(free -> Instant.parse(free.start()).isBefore(span.until()))
                .toList();
    }

    private Slot slot(FreeTime free, Span span) {
        return new Slot(
                free.in(ehr),
                OffsetDateTime.parse(free.start()),
                OffsetDateTime.parse(free.end()),
                span.with(),
                new Coded(new CodeToken(free.system(), free.code()).toString(), null),
                null);
    }

    private Participant practitioner(JsonNode actor) {
        var reference = actor.path("reference").asString("");
        var display = actor.path("display").asString(null);
        return reference.startsWith("Practitioner/")
                ? new Participant(
                        new Reference(ehr, "Practitioner", reference.substring("Practitioner/".length())), display)
                : new Participant(null, display);
    }

    private static boolean wanted(JsonNode concept, String serviceType) {
        return serviceType == null
                || concept.path("coding").valueStream().anyMatch(coding -> {
                    var code = coding.path("code").asString("");
                    return serviceType.equals(code)
                            || serviceType.equals(coding.path("system").asString("") + "|" + code);
                });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

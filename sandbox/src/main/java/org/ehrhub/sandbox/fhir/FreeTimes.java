package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * {@code Appointment/$find} in the manner of the Argonaut scheduling guide: proposed appointments, without ids, for the
 * half hours of each schedule's working time that no appointment holds.
 */
public final class FreeTimes {
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofDays(62);
    private static final LocalTime OPENS = LocalTime.of(9, 0);
    private static final int HALVES = 16;
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final Set<DayOfWeek> CLOSED = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final Set<String> KNOWN = Set.of("start", "end", "practitioner", "service-type", "_format");
    private static final Set<AppointmentStatus> FREEING =
            EnumSet.of(AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW, AppointmentStatus.ENTEREDINERROR);

    private final Records records;
    private final ZoneId zone;

    /** The free times of one site. */
    public FreeTimes(Records records) {
        this.records = records;
        this.zone = records.zone();
    }

    /** The free times, whether the parameters are in the address or in a body. */
    @Operation(
            name = "$find",
            typeName = "Appointment",
            idempotent = true,
            canonicalUrl = "https://lakeside.example/OperationDefinition/appointment-find")
    public Bundle find(@ResourceParam @Nullable Resource body, RequestDetails request) {
        if (body instanceof Parameters parameters) {
            return find(parameters(parameters));
        }
        if (body != null) {
            throw new InvalidRequestException("$find takes a Parameters resource");
        }
        var asked = new HashMap<String, List<String>>();
        request.getParameters().forEach((name, values) -> asked.put(name, List.of(values)));
        return find(asked);
    }

    /** The parameters of a POST. */
    private static Map<String, List<String>> parameters(Parameters body) {
        var parameters = new HashMap<String, List<String>>();
        for (var parameter : body.getParameter()) {
            String value = parameter.getValue() instanceof Reference reference
                    ? reference.getReference()
                    : Objects.toString(
                            parameter.getValue() == null
                                    ? null
                                    : parameter.getValue().primitiveValue(),
                            "");
            parameters
                    .computeIfAbsent(parameter.getName(), name -> new ArrayList<>())
                    .add(value);
        }
        return parameters;
    }

    private Bundle find(Map<String, List<String>> asked) {
        if (!KNOWN.containsAll(asked.keySet())) {
            throw new InvalidRequestException("$find takes start, end, practitioner and service-type");
        }
        var window = window(asked);
        return records.reading(() -> {
            var bundle = new Bundle().setType(BundleType.SEARCHSET);
            var taken = taken();
            records.all("Schedule").stream()
                    .map(Schedule.class::cast)
                    .filter(schedule -> schedule.getActive() && wanted(schedule, asked))
                    .forEach(schedule -> offer(bundle, schedule, window, taken));
            return bundle.setTotal(bundle.getEntry().size());
        });
    }

    private TimeSpan window(Map<String, List<String>> asked) {
        try {
            var start = TimeSpan.of(asked.getOrDefault("start", List.of("")).getFirst(), zone);
            var end = TimeSpan.of(asked.getOrDefault("end", List.of("")).getFirst(), zone);
            var window = new TimeSpan(start.from(), end.until());
            if (!window.from().isBefore(window.until())
                    || Duration.between(window.from(), window.until()).compareTo(LONGEST) > 0) {
                throw new InvalidRequestException("$find needs a start before its end, at most 62 days apart");
            }
            return window;
        } catch (DateTimeException e) {
            throw new InvalidRequestException("$find needs start and end as dates or times", e);
        }
    }

    private static boolean wanted(Schedule schedule, Map<String, List<String>> asked) {
        return asked.getOrDefault("practitioner", List.of()).stream().allMatch(one -> works(schedule, one))
                && asked.getOrDefault("service-type", List.of()).stream().allMatch(one -> serves(schedule, one));
    }

    private static boolean works(Schedule schedule, String practitioner) {
        String reference = practitioner.contains("/") ? practitioner : "Practitioner/" + practitioner;
        return schedule.getActor().stream().anyMatch(actor -> reference.endsWith(actor.getReference()));
    }

    private static boolean serves(Schedule schedule, String token) {
        int bar = token.indexOf('|');
        String code = token.substring(bar + 1);
        return schedule.getServiceType().stream()
                .flatMap(concept -> concept.getCoding().stream())
                .anyMatch(coding -> code.equals(coding.getCode())
                        && (bar < 0 || token.substring(0, bar).equals(coding.getSystem())));
    }

    /** The times each practitioner is already booked for. */
    private Map<String, List<TimeSpan>> taken() {
        var taken = new HashMap<String, List<TimeSpan>>();
        for (var resource : records.all("Appointment")) {
            var appointment = (Appointment) resource;
            if (!FREEING.contains(appointment.getStatus()) && appointment.hasStart() && appointment.hasEnd()) {
                var span = new TimeSpan(
                        TimeSpan.of(appointment.getStartElement().getValueAsString(), zone)
                                .from(),
                        TimeSpan.of(appointment.getEndElement().getValueAsString(), zone)
                                .from());
                appointment
                        .getParticipant()
                        .forEach(participant -> taken.computeIfAbsent(
                                        participant.getActor().getReference(), actor -> new ArrayList<>())
                                .add(span));
            }
        }
        return taken;
    }

    private void offer(Bundle bundle, Schedule schedule, TimeSpan window, Map<String, List<TimeSpan>> taken) {
        var horizon = TimeSpan.between(
                List.of(
                        schedule.getPlanningHorizon().getStartElement(),
                        schedule.getPlanningHorizon().getEndElement()),
                zone);
        var first = horizon.from().isAfter(window.from()) ? horizon.from() : window.from();
        var last = horizon.until().isBefore(window.until()) ? horizon.until() : window.until();
        var busy = taken.getOrDefault(practitioner(schedule).getReference(), List.of());
        for (var day = first.atZone(zone).toLocalDate();
                !day.isAfter(last.atZone(zone).toLocalDate());
                day = day.plusDays(1)) {
            for (int half = 0; half < HALVES && !CLOSED.contains(day.getDayOfWeek()); half++) {
                var start = day.atTime(OPENS).plus(HALF_HOUR.multipliedBy(half)).atZone(zone);
                var span = new TimeSpan(start.toInstant(), start.plus(HALF_HOUR).toInstant());
                boolean open =
                        new TimeSpan(first, last).contains(span) && !span.from().isBefore(records.now());
                if (open && busy.stream().noneMatch(span::overlaps)) {
                    bundle.addEntry().setResource(proposal(schedule, start));
                }
            }
        }
    }

    private static Reference practitioner(Schedule schedule) {
        return schedule.getActor().stream()
                .filter(actor ->
                        "Practitioner".equals(actor.getReferenceElement().getResourceType()))
                .findFirst()
                .orElseGet(Reference::new);
    }

    private static Appointment proposal(Schedule schedule, ZonedDateTime start) {
        var appointment = new Appointment();
        appointment
                .setStatus(AppointmentStatus.PROPOSED)
                .setServiceType(schedule.getServiceType())
                .setStartElement(new InstantType(written(start)))
                .setEndElement(new InstantType(written(start.plus(HALF_HOUR))))
                .setMinutesDuration((int) HALF_HOUR.toMinutes());
        schedule.getActor()
                .forEach(actor ->
                        appointment.addParticipant().setActor(actor).setStatus(ParticipationStatus.NEEDSACTION));
        return appointment;
    }

    private static String written(ZonedDateTime moment) {
        return moment.format(WRITTEN);
    }
}

package org.ehrhub.medplum;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a {@link MedplumStub} keeps, and Medplum's rules of booking as a 5.1.12 server showed them: one kind of visit of half
 * an hour with a buffer of ten minutes after it, on working days from nine to five in New York. All synthetic.
 */
final class MedplumDiary {
    static final String SERVICE = "HealthcareService/5e7a1c40-0000-4000-8000-000000000001";
    private static final Duration VISIT = Duration.ofMinutes(30);
    private static final Duration BUFFER = Duration.ofMinutes(10);
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final Map<String, String> schedules = new LinkedHashMap<>();
    private final List<String> patients = new ArrayList<>();
    private final Map<String, Busy> slots = new LinkedHashMap<>();
    private final Map<String, Visit> visits = new LinkedHashMap<>();

    /** A saved Slot; the key is the identifier on the slot that was sent: kept by the server's source, not yet seen on one. */
    record Busy(String id, String schedule, Instant start, Instant end, String status, String key) {
        boolean touches(Instant from, Instant to) {
            return start.isBefore(to) && end.isAfter(from);
        }
    }

    /** A saved Appointment. */
    record Visit(String id, String slot, String practitioner, String patient, String description, String version) {}

    /** A booking that is refused, with the status and the words a server showed. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int status;

        Refused(int status, String words) {
            super(words);
            this.status = status;
        }
    }

    synchronized String schedule(String practitioner) {
        var id = UUID.randomUUID().toString();
        schedules.put("Schedule/" + id, practitioner);
        return "Schedule/" + id;
    }

    synchronized String patient() {
        patients.add("Patient/" + UUID.randomUUID());
        return patients.getLast();
    }

    synchronized Map<String, String> schedules() {
        return new LinkedHashMap<>(schedules);
    }

    synchronized List<Instant> free(String schedule, Instant from, Instant to, int count) {
        if (Duration.between(from, to).toDays() > 31) {
            throw new Refused(400, "Search range cannot exceed 31 days");
        }
        var found = new ArrayList<Instant>();
        var half = VISIT.toSeconds();
        var start = Instant.ofEpochSecond(Math.ceilDiv(from.getEpochSecond(), half) * half);
        for (; !start.plus(VISIT).isAfter(to) && found.size() < count; start = start.plus(VISIT)) {
            if (available(schedule, start)) {
                found.add(start);
            }
        }
        return found;
    }

    synchronized Visit book(Busy wanted, String patient) {
        if (!patients.contains(patient)) {
            throw new Refused(400, "Invalid patient-reference");
        }
        if (!schedules.containsKey(wanted.schedule())) {
            throw new Refused(400, "Schedule load failed");
        }
        if (!wanted.end().equals(wanted.start().plus(VISIT))) {
            throw new Refused(400, "No matching scheduling parameters found");
        }
        if (taken(wanted.schedule(), wanted.start(), wanted.end())) {
            throw new Refused(409, "Requested time slot is no longer available");
        }
        if (!available(wanted.schedule(), wanted.start())) {
            throw new Refused(400, "No availability found at this time");
        }
        var slot = save(wanted.schedule(), wanted.start(), wanted.end(), "busy", wanted.key());
        save(wanted.schedule(), wanted.end(), wanted.end().plus(BUFFER), "busy-unavailable", "");
        var visit = new Visit(id(), slot.id(), schedules.get(wanted.schedule()), patient, "", id());
        visits.put(visit.id(), visit);
        return visit;
    }

    synchronized Visit describe(String id, String version, String description) {
        var old = visits.get(id);
        if (old == null || !old.version().equals(version)) {
            throw new Refused(old == null ? 404 : 412, "Precondition Failed");
        }
        var next = new Visit(id, old.slot(), old.practitioner(), old.patient(), description, id());
        visits.put(id, next);
        return next;
    }

    synchronized Busy slot(String id) {
        return slots.get(id);
    }

    synchronized Optional<Busy> underKey(String key) {
        return slots.values().stream().filter(slot -> slot.key().equals(key)).findFirst();
    }

    synchronized Optional<Visit> inSlot(String slot) {
        return visits.values().stream()
                .filter(visit -> visit.slot().equals(slot))
                .findFirst();
    }

    synchronized List<Visit> visits() {
        return List.copyOf(visits.values());
    }

    private boolean available(String schedule, Instant start) {
        var local = start.atZone(ZONE);
        var end = start.plus(VISIT).plus(BUFFER);
        var opening = local.with(LocalTime.of(9, 0)).toInstant();
        var closing = local.with(LocalTime.of(17, 0)).toInstant();
        return local.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0
                && !start.isBefore(opening)
                && !end.isAfter(closing)
                && !taken(schedule, start, end);
    }

    private boolean taken(String schedule, Instant from, Instant to) {
        return slots.values().stream().anyMatch(slot -> slot.schedule().equals(schedule) && slot.touches(from, to));
    }

    private Busy save(String schedule, Instant start, Instant end, String status, String key) {
        var slot = new Busy(id(), schedule, start, end, status, key);
        slots.put(slot.id(), slot);
        return slot;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}

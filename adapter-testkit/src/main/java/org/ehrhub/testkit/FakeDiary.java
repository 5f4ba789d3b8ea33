package org.ehrhub.testkit;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.patients.Patient;

/** The slots and appointments of a {@link FakeEhr}. Not safe for use by many threads on its own. */
final class FakeDiary {
    private final String ehr;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    FakeDiary(String ehr) {
        this.ehr = ehr;
    }

    /** An appointment with what the EHR keeps beside it. */
    record Entry(Appointment appointment, String slot, String bookedUnder, String cancelledUnder, int version) {}

    void open(OffsetDateTime start, OffsetDateTime end, Participant practitioner) {
        var key = "slot-" + (slots.size() + 1);
        slots.put(key, new Slot(new SlotRef(ehr, key), start, end, practitioner, null, "Room 1"));
    }

    List<Slot> free() {
        return slots.entrySet().stream()
                .filter(slot -> !taken(slot.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    Entry book(AppointmentCreate input, Patient patient, String key) {
        var slot = slots.get(input.slotRef().content());
        if (slot == null || taken(input.slotRef().content())) {
            throw new EhrFailure(ErrorCode.CONFLICT, "The slot is taken.", "Call slot.search again.");
        }
        var id = "appointment-" + (entries.size() + 1);
        var practitioners = new ArrayList<Participant>();
        Optional.ofNullable(slot.practitioner()).ifPresent(practitioners::add);
        var booked = new Appointment(
                new Reference(ehr, "Appointment", id),
                "booked",
                slot.start(),
                slot.end(),
                new Participant(patient.patient(), patient.name()),
                practitioners,
                slot.location(),
                slot.serviceType(),
                input.reason(),
                patient.patient());
        var entry = new Entry(booked, input.slotRef().content(), key, "", 1);
        entries.put(id, entry);
        return entry;
    }

    Entry cancel(Entry entry, String key) {
        var old = entry.appointment();
        if (old.status().equals("cancelled")) {
            return entry;
        }
        var cancelled = new Appointment(
                old.appointment(),
                "cancelled",
                old.start(),
                old.end(),
                old.patient(),
                old.practitioners(),
                old.location(),
                old.serviceType(),
                old.reason(),
                old.subject());
        var next = new Entry(cancelled, entry.slot(), entry.bookedUnder(), key, entry.version() + 1);
        entries.put(old.appointment().id(), next);
        return next;
    }

    private boolean taken(String slot) {
        return entries.values().stream()
                .anyMatch(entry -> entry.slot().equals(slot)
                        && !entry.appointment().status().equals("cancelled"));
    }
}

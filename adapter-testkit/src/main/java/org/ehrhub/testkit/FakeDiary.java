package org.ehrhub.testkit;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentList;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.Slot;
import org.ehrhub.tools.appointments.SlotSearch;

/** The slots and appointments of a {@link FakeEhr} and its tools about them; works under the fake's lock. */
final class FakeDiary {
    private static final Coded CHECKUP = new Coded("urn:example:services|checkup", "Check-up");

    private final FakeDesk desk;
    private final FakePeople people;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final FakeShelf<Appointment> shelf = new FakeShelf<>();
    private final Map<String, String> slotOfAppointment = new HashMap<>();

    FakeDiary(FakeDesk desk, FakePeople people) {
        this.desk = desk;
        this.people = people;
    }

    void open(OffsetDateTime start, OffsetDateTime end, Participant practitioner) {
        var key = "slot-" + (slots.size() + 1);
        slots.put(key, new Slot(new SlotRef(desk.ehr(), key), start, end, practitioner, CHECKUP, "Room 1"));
    }

    void booked(Reference patient, OffsetDateTime start, OffsetDateTime end, Participant practitioner) {
        var id = shelf.free("appointment");
        var who = new Participant(patient, people.known(patient).name());
        var booked = new Appointment(
                desk.reference("Appointment", id),
                "booked",
                start,
                end,
                who,
                List.of(practitioner),
                "Room 1",
                null,
                null,
                patient);
        shelf.add(id, booked, "");
    }

    void register(ToolHandlers.Builder tools) {
        tools.onList(AppointmentTools.SLOT_SEARCH, this::search)
                .on(AppointmentTools.GET, this::get)
                .onList(AppointmentTools.LIST, this::list)
                .onWrite(
                        AppointmentTools.CREATE,
                        new FakeWrite<>(desk, "appointment.create", shelf, this::nothing, this::book),
                        Feature.DOUBLE_BOOKING_REFUSED,
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        AppointmentTools.CANCEL,
                        new FakeWrite<>(
                                desk,
                                "appointment.cancel",
                                shelf,
                                input -> Optional.of(desk.own(input.appointment())),
                                this::cancel),
                        Feature.WRITE_KEY_STORED);
    }

    private ToolResult<Page<Slot>> search(SlotSearch input, CallContext call) {
        if (input.practitioner() != null) {
            desk.own(input.practitioner());
        }
        var fault = desk.fake().arrive("slot.search", input, call);
        synchronized (desk.fake()) {
            var rows = slots.entrySet().stream()
                    .filter(slot -> !taken(slot.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(slot -> fault.ignoresFilters() || fits(slot, input))
                    .toList();
            return desk.page(rows, input, call);
        }
    }

    private ToolResult<Appointment> get(AppointmentGet input, CallContext call) {
        var id = desk.own(input.appointment());
        desk.fake().arrive("appointment.get", input, call);
        synchronized (desk.fake()) {
            return desk.ok(shelf.find(id).orElseThrow(FakeDesk::missing));
        }
    }

    private ToolResult<Page<Appointment>> list(AppointmentList input, CallContext call) {
        desk.own(input.patient());
        return desk.rows("appointment.list", shelf, row -> fits(row, input), input, call);
    }

    private Optional<String> nothing(AppointmentCreate input) {
        desk.own(input.patient());
        return Optional.empty();
    }

    private FakeShelf.Held<Appointment> book(AppointmentCreate input, String key) {
        var patient = people.known(input.patient());
        var slot = slots.get(input.slotRef().content());
        if (slot == null || taken(input.slotRef().content())) {
            throw new EhrFailure(ErrorCode.CONFLICT, "The slot is taken.", "Call slot.search again.");
        }
        var id = shelf.free("appointment");
        var booked = new Appointment(
                desk.reference("Appointment", id),
                "booked",
                slot.start(),
                slot.end(),
                new Participant(patient.patient(), patient.name()),
                practitioners(slot),
                slot.location(),
                slot.serviceType(),
                input.reason(),
                patient.patient());
        slotOfAppointment.put(id, input.slotRef().content());
        return shelf.add(id, booked, key);
    }

    private static List<Participant> practitioners(Slot slot) {
        var who = slot.practitioner();
        return who == null ? List.of() : List.of(who);
    }

    private FakeShelf.Held<Appointment> cancel(AppointmentCancel input, String key) {
        var held = shelf.find(input.appointment().id()).orElseThrow(FakeDesk::missing);
        return held.value().status().equals("cancelled")
                ? held
                : shelf.change(input.appointment().id(), FakeDiary::cancelled, key);
    }

    private static Appointment cancelled(Appointment old) {
        return new Appointment(
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
    }

    private boolean taken(String slot) {
        return shelf.all().stream()
                .anyMatch(row ->
                        slot.equals(slotOfAppointment.get(row.appointment().id()))
                                && !row.status().equals("cancelled"));
    }

    private static boolean fits(Slot slot, SlotSearch wanted) {
        var who = slot.practitioner();
        return !slot.start().isBefore(wanted.from())
                && slot.start().isBefore(wanted.to())
                && FakeDesk.coded(wanted.serviceType(), CHECKUP.code())
                && (wanted.practitioner() == null
                        || (who != null && wanted.practitioner().equals(who.ref())));
    }

    private static boolean fits(Appointment row, AppointmentList wanted) {
        return wanted.patient().equals(row.subject())
                && (wanted.status() == null || wanted.status().equals(row.status()))
                && FakeDesk.inSpan(row.start(), wanted.from(), wanted.to());
    }
}

package org.ehrhub.medplum.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Appointment/$book}, {@code $hold} and {@code $cancel}, with the leftovers and the bogus address they come with. */
final class BookDesk {
    private static final int LOOK = 24;
    private static final Set<String> CANCELABLE = Set.of("booked", "pending");

    private final Archive archive;
    private final Diary diary;
    private final Writing writing;
    private final Reading reading;
    private final View view;
    private final Places places;

    BookDesk(Archive archive, Diary diary, Writing writing, Reading reading, Places places) {
        this.archive = archive;
        this.diary = diary;
        this.writing = writing;
        this.reading = reading;
        this.places = places;
        this.view = reading.view();
    }

    Said book(Call call) {
        var parameters = call.asked().json();
        var wanted = Json.named(parameters, "slot").path("resource");
        var patient = Json.text(Json.named(parameters, "patient-reference"), "valueReference", "reference");
        if (!Json.type(wanted).equals("Slot")) {
            throw Refused.bad("Expected at least 1 value(s) for required input parameter 'slot'");
        }
        if (!patient.isEmpty() && archive.find(patient).isEmpty()) {
            call.charge(1);
            throw Refused.bad("Invalid patient-reference");
        }
        call.charge(LOOK);
        var schedule = diary.schedule(Json.text(wanted, "schedule", "reference"));
        var opening = free(schedule, wanted);
        var end = Diary.time(wanted, "end");
        var slot = writing.add(
                call, ((ObjectNode) wanted.deepCopy()).put("status", "busy").without("id"));
        var made = new ArrayList<Kept>();
        made.add(writing.add(call, appointment(schedule, slot.resource(), patient)));
        made.add(slot);
        if (!opening.after().isZero()) {
            made.add(writing.add(
                    call,
                    Diary.slot(Json.address(schedule), opening, end, end.plus(opening.after()), "busy-unavailable")));
        }
        return bundle(call, "searchset", made);
    }

    Said hold(Call call) {
        var proposal = Json.named(call.asked().json(), "appointment").path("resource");
        if (!Json.type(proposal).equals("Appointment")) {
            throw Refused.bad("Expected at least 1 value(s) for required input parameter 'appointment'");
        }
        call.charge(LOOK);
        var wanted = Json.items(proposal.path("contained")).toList();
        if (wanted.isEmpty()) {
            throw Refused.bad("No slots found in proposed appointment");
        }
        free(diary.schedule(Json.text(wanted.getFirst(), "schedule", "reference")), wanted.getFirst());
        var held = ((ObjectNode) proposal.deepCopy()).put("status", "pending").without("contained");
        var references = held.putArray("slot");
        var made = new ArrayList<Kept>();
        for (var one : wanted) {
            var slot = ((ObjectNode) one.deepCopy()).without("id");
            if (Json.text(slot, "status").equals("busy")) {
                slot.put("status", "busy-tentative");
            }
            made.add(writing.add(call, slot));
            references.add(Json.reference(Json.address(slot)));
        }
        made.addFirst(writing.add(call, held));
        return bundle(call, "transaction-response", made);
    }

    Said cancel(Call call, String id) {
        call.charge(1);
        var appointment =
                reading.visible(call, "Appointment", id, "update").resource().deepCopy();
        var slots = Json.items(appointment.path("slot"))
                .map(slot -> Json.text(slot, "reference"))
                .toList();
        for (int at = 0; at < slots.size(); at++) {
            if (archive.find(slots.get(at)).isEmpty()) {
                call.charge(1);
                throw Refused.bad("Loading slots failed", "appointment.slot[" + at + "]");
            }
        }
        if (!CANCELABLE.contains(Json.text(appointment, "status"))) {
            throw Refused.bad("Appointment is not in cancelable state due to status");
        }
        call.charge(200);
        slots.forEach(slot -> archive.delete("Slot", slot.substring("Slot/".length())));
        return reading.said(200, writing.next(call, appointment.put("status", "cancelled")), call);
    }

    /** How the time is offered; refused where it is taken or never was. */
    private Opening free(ObjectNode schedule, JsonNode wanted) {
        var service = Json.items(wanted.path("serviceType")).map(Diary::service).findFirst();
        var opening = diary.opening(schedule, service.orElse(""));
        var start = Diary.time(wanted, "start");
        var end = Diary.time(wanted, "end");
        if (!end.equals(start.plus(opening.visit()))) {
            throw Refused.bad("No matching scheduling parameters found");
        }
        if (diary.isTaken(Json.address(schedule), start, end)) {
            throw Refused.conflict("Requested time slot is no longer available");
        }
        if (!diary.isFree(Json.address(schedule), opening, start)) {
            throw Refused.bad("No availability found at this time");
        }
        return opening;
    }

    private static ObjectNode appointment(ObjectNode schedule, ObjectNode slot, String patient) {
        var made = Json.resource("Appointment").put("status", "booked");
        made.putArray("slot").add(Json.reference(Json.address(slot)));
        var participants = made.putArray("participant");
        Json.items(schedule.path("actor"))
                .forEach(actor -> participants
                        .addObject()
                        .put("status", "tentative")
                        .set("actor", Json.reference(Json.text(actor, "reference"))));
        if (!patient.isEmpty()) {
            participants.addObject().put("status", "accepted").set("actor", Json.reference(patient));
        }
        return made.put("start", Json.text(slot, "start")).put("end", Json.text(slot, "end"));
    }

    private Said bundle(Call call, String type, List<Kept> made) {
        var bundle = Json.resource("Bundle").put("type", type);
        var entries = bundle.putArray("entry");
        made.forEach(kept -> entries.addObject().set("resource", view.of(kept.resource(), call)));
        return Said.fhir(201, bundle).with("Location", places.fhir() + "Bundle/undefined");
    }
}

package org.ehrhub.medplum.stub;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schedules that Medplum manages: which service they offer, and which times its Slots take. */
final class Diary {
    private static final String SERVICE = "https://medplum.com/fhir/service-type-reference";
    private static final Set<String> TAKING = Set.of("busy", "busy-unavailable", "busy-tentative");

    private final Archive archive;

    Diary(Archive archive) {
        this.archive = archive;
    }

    ObjectNode schedule(String reference) {
        return archive.find(reference)
                .filter(found -> Json.type(found).equals("Schedule"))
                .orElseThrow(() -> Refused.bad("Loading schedule failed"));
    }

    /** How the service is offered on the schedule. */
    Opening opening(ObjectNode schedule, String service) {
        var offered =
                Json.items(schedule.path("serviceType")).map(Diary::service).anyMatch(service::equals);
        return Optional.of(service)
                .filter(reference -> offered)
                .flatMap(archive::find)
                .flatMap(Opening::of)
                .orElseThrow(() -> Refused.bad("No matching scheduling parameters found"));
    }

    /** The service that a concept of {@code serviceType} stands for; empty where it says none. */
    static String service(JsonNode concept) {
        return Json.items(concept.path("extension"))
                .filter(extension -> Json.text(extension, "url").equals(SERVICE))
                .map(extension -> Json.text(extension, "valueReference", "reference"))
                .findFirst()
                .orElse("");
    }

    static Instant time(JsonNode node, String name) {
        return OffsetDateTime.parse(Json.text(node, name)).toInstant();
    }

    /** Whether any Slot of the schedule takes a part of the time. */
    boolean isTaken(String schedule, Instant from, Instant to) {
        return archive.all("Slot").stream()
                .filter(slot -> Json.text(slot, "schedule", "reference").equals(schedule))
                .filter(slot -> TAKING.contains(Json.text(slot, "status")))
                .anyMatch(slot ->
                        time(slot, "start").isBefore(to) && time(slot, "end").isAfter(from));
    }

    boolean isFree(String schedule, Opening opening, Instant start) {
        var from = start.minus(opening.before());
        var to = start.plus(opening.visit()).plus(opening.after());
        return opening.fits(start) && !isTaken(schedule, from, to);
    }

    /** A Slot that is not stored. */
    static ObjectNode slot(String schedule, Opening opening, Instant from, Instant to, String status) {
        var slot = Json.resource("Slot").put("start", Kept.moment(from)).put("end", Kept.moment(to));
        slot.set("schedule", Json.reference(schedule));
        slot.put("status", status);
        slot.set("serviceType", serviceType(opening));
        return slot;
    }

    static JsonNode serviceType(Opening opening) {
        var concepts = Json.MAPPER.createArrayNode();
        var type = opening.service().path("type").path(0);
        var concept = concepts.addObject();
        if (type.has("coding")) {
            concept.set("coding", type.path("coding").deepCopy());
        }
        concept.putArray("extension")
                .addObject()
                .put("url", SERVICE)
                .set(
                        "valueReference",
                        Json.reference(Json.address(opening.service()), Json.text(opening.service(), "name")));
        return concepts;
    }
}

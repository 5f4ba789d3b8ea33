package org.ehrhub.medplum.stub;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When a HealthcareService sees people, how long a visit takes, and what is kept free around it. */
record Opening(ObjectNode service, Duration visit, Duration step, Duration before, Duration after, ZoneId zone) {
    private static final String PARAMETERS = "https://medplum.com/fhir/StructureDefinition/SchedulingParameters";

    /** Out of a service with scheduling parameters; none where it has none. */
    static Optional<Opening> of(ObjectNode service) {
        return Json.items(service.path("extension"))
                .filter(extension -> Json.text(extension, "url").equals(PARAMETERS))
                .findFirst()
                .map(parameters -> new Opening(
                        service,
                        length(parameters, "duration"),
                        length(parameters, "alignmentInterval").isZero()
                                ? length(parameters, "duration")
                                : length(parameters, "alignmentInterval"),
                        length(parameters, "bufferBefore"),
                        length(parameters, "bufferAfter"),
                        zone(parameters)));
    }

    private static JsonNode part(JsonNode parameters, String name) {
        return Json.items(parameters.path("extension"))
                .filter(part -> Json.text(part, "url").equals(name))
                .findFirst()
                .orElseGet(() -> Json.MAPPER.missingNode());
    }

    private static Duration length(JsonNode parameters, String name) {
        var value = part(parameters, name).path("valueDuration");
        var amount = value.path("value").asLong(0);
        return switch (Json.text(value, "unit")) {
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            case "wk" -> Duration.ofDays(7 * amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static ZoneId zone(JsonNode parameters) {
        var part = part(parameters, "timezone");
        var name = Json.text(part, "valueCode") + Json.text(part, "valueString");
        return ZoneId.of(name.isEmpty() ? "UTC" : name);
    }

    /** The first start at or after a moment that is on this service's grid. */
    Instant aligned(Instant from) {
        var seconds = step.toSeconds();
        return Instant.ofEpochSecond(Math.ceilDiv(from.getEpochSecond(), seconds) * seconds);
    }

    /** Whether a visit that starts then is within the opening hours with all that is kept free around it. */
    boolean fits(Instant start) {
        var from = start.minus(before).atZone(zone);
        var to = start.plus(visit).plus(after).atZone(zone);
        return Json.items(service.path("availableTime")).anyMatch(time -> opens(time, from, to));
    }

    private static boolean opens(JsonNode time, ZonedDateTime from, ZonedDateTime to) {
        var day = day(from.getDayOfWeek());
        if (time.has("daysOfWeek") && Json.texts(time.path("daysOfWeek")).noneMatch(day::equals)) {
            return false;
        }
        if (time.path("allDay").asBoolean(false)) {
            return true;
        }
        var opening = from.with(LocalTime.parse(Json.text(time, "availableStartTime")));
        var closing = from.with(LocalTime.parse(Json.text(time, "availableEndTime")));
        return !from.isBefore(opening) && !to.isAfter(closing);
    }

    private static String day(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}

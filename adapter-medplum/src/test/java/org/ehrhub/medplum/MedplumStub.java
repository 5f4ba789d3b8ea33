package org.ehrhub.medplum;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * Medplum's scheduling over HTTP, written from what a 5.1.12 server answered: {@code Schedule/{id}/$find},
 * {@code Appointment/$book}, and the searches and the update a client needs around them.
 */
final class MedplumStub implements AutoCloseable {
    /** What becomes of a booking's answer. */
    enum Mood {
        ANSWERING,
        /** Books, and never says so. */
        LOSING_ANSWERS,
        /** Books, and refuses to change what is booked. */
        REFUSING_UPDATES
    }

    private static final String TOKEN = "Bearer stub-token";

    private final MedplumDiary diary;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ANSWERING;

    private record Answer(int status, Object body) {}

    MedplumStub(MedplumDiary diary) throws IOException {
        this.diary = diary;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI base() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/fhir/R4/");
    }

    void mood(Mood next) {
        mood = next;
    }

    /** The requests as they came: method and path without its query. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().replaceFirst("^/fhir/R4/", "");
            requests.add(exchange.getRequestMethod() + " " + path);
            var answer = TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    ? answer(exchange, path)
                    : outcome(401, "Unauthorized");
            if (mood == Mood.LOSING_ANSWERS && path.equals("Appointment/$book")) {
                closed.await();
                return;
            }
            var bytes = MedplumJson.MAPPER.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/fhir+json; charset=utf-8");
            if (path.equals("Appointment/$book")) {
                exchange.getResponseHeaders().set("Location", base() + "Bundle/undefined");
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(HttpExchange exchange, String path) throws IOException {
        var query = query(exchange.getRequestURI());
        var body = exchange.getRequestBody().readAllBytes();
        try {
            return switch (exchange.getRequestMethod() + " " + path) {
                case "GET Schedule" -> new Answer(200, MedplumJson.bundle(schedules(query)));
                case "GET Slot" -> new Answer(200, MedplumJson.bundle(slots(query)));
                case "GET Appointment" -> new Answer(200, MedplumJson.bundle(visits(query)));
                case "POST Appointment/$book" -> book(MedplumJson.MAPPER.readTree(body));
                default -> path.endsWith("/$find") ? find(path, query) : update(exchange, path, body);
            };
        } catch (MedplumDiary.Refused e) {
            return outcome(e.status, e.getMessage());
        }
    }

    private Answer find(String path, Map<String, String> query) {
        var schedule = path.substring(0, path.length() - "/$find".length());
        if (!query.containsKey("start")
                || !query.getOrDefault("service-type-reference", "").equals(MedplumDiary.SERVICE)) {
            return outcome(400, "Expected at least 1 value(s) for required input parameter");
        }
        var free = diary.free(
                schedule,
                Instant.parse(query.get("start")),
                Instant.parse(query.get("end")),
                Integer.parseInt(query.getOrDefault("_count", "20")));
        return new Answer(
                200,
                MedplumJson.bundle(free.stream()
                        .map(start ->
                                slot(new MedplumDiary.Busy("", schedule, start, start.plusSeconds(1800), "free", "")))
                        .toList()));
    }

    private Answer book(JsonNode parameters) {
        var slot = named(parameters, "slot").path("resource");
        var patient =
                named(parameters, "patient-reference").path("valueReference").path("reference");
        var visit = diary.book(
                new MedplumDiary.Busy(
                        "",
                        slot.path("schedule").path("reference").asString(""),
                        Instant.parse(slot.path("start").asString("")),
                        Instant.parse(slot.path("end").asString("")),
                        "free",
                        slot.path("identifier").path(0).path("value").asString("")),
                patient.asString(""));
        return new Answer(201, MedplumJson.bundle(List.of(visit(visit), slot(diary.slot(visit.slot())))));
    }

    private Answer update(HttpExchange exchange, String path, byte[] body) {
        if (mood == Mood.REFUSING_UPDATES) {
            return outcome(403, "Forbidden");
        }
        var version = exchange.getRequestHeaders().getFirst("If-Match").replaceAll("^W/\"|\"$", "");
        var description = MedplumJson.MAPPER.readTree(body).path("description").asString("");
        return new Answer(200, visit(diary.describe(path.substring("Appointment/".length()), version, description)));
    }

    private List<Object> schedules(Map<String, String> query) {
        var found = new ArrayList<Object>();
        diary.schedules().forEach((schedule, practitioner) -> {
            if (practitioner.equals(query.getOrDefault("actor", practitioner))) {
                found.add(Map.of(
                        "resourceType",
                        "Schedule",
                        "id",
                        schedule.substring("Schedule/".length()),
                        "actor",
                        List.of(Map.of("reference", practitioner, "display", "Dr Grace Hill")),
                        "serviceType",
                        MedplumJson.serviceType("urn:example:visits", "office", MedplumDiary.SERVICE)));
            }
        });
        return found;
    }

    private List<Object> slots(Map<String, String> query) {
        var key = query.get("identifier").split("\\|", 2)[1];
        return diary.underKey(key).map(slot -> List.<Object>of(slot(slot))).orElse(List.of());
    }

    private List<Object> visits(Map<String, String> query) {
        return diary.inSlot(query.get("slot").substring("Slot/".length()))
                .map(visit -> List.<Object>of(visit(visit)))
                .orElse(List.of());
    }

    private static Map<String, Object> slot(MedplumDiary.Busy slot) {
        var found = new HashMap<String, Object>(Map.of(
                "resourceType",
                "Slot",
                "start",
                slot.start().toString(),
                "end",
                slot.end().toString(),
                "schedule",
                MedplumJson.reference(slot.schedule()),
                "status",
                slot.status(),
                "serviceType",
                MedplumJson.serviceType("urn:example:visits", "office", MedplumDiary.SERVICE)));
        if (!slot.id().isEmpty()) {
            found.put("id", slot.id());
        }
        return found;
    }

    private Map<String, Object> visit(MedplumDiary.Visit visit) {
        var slot = diary.slot(visit.slot());
        var found = new HashMap<String, Object>(Map.of(
                "resourceType",
                "Appointment",
                "id",
                visit.id(),
                "meta",
                Map.of("versionId", visit.version()),
                "status",
                "booked",
                "slot",
                List.of(MedplumJson.reference("Slot/" + visit.slot())),
                "start",
                slot.start().toString(),
                "end",
                slot.end().toString(),
                "participant",
                List.of(
                        Map.of("actor", MedplumJson.reference(visit.practitioner()), "status", "tentative"),
                        Map.of("actor", MedplumJson.reference(visit.patient()), "status", "accepted"))));
        if (!visit.description().isEmpty()) {
            found.put("description", visit.description());
        }
        return found;
    }

    private static Answer outcome(int status, String words) {
        return new Answer(
                status,
                Map.of(
                        "resourceType",
                        "OperationOutcome",
                        "issue",
                        List.of(Map.of("severity", "error", "code", "invalid", "details", Map.of("text", words)))));
    }

    private static JsonNode named(JsonNode parameters, String name) {
        return parameters
                .path("parameter")
                .valueStream()
                .filter(parameter -> parameter.path("name").asString("").equals(name))
                .findFirst()
                .orElseGet(MedplumJson.MAPPER::createObjectNode);
    }

    private static Map<String, String> query(URI uri) {
        var found = new HashMap<String, String>();
        for (var pair :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&", -1)) {
            var parts = pair.split("=", 2);
            found.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return found;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}

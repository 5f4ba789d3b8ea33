package org.ehrhub.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Six synthetic patients, the first with several records of every kind and the second with one of each, written into a
 * server by plain FHIR R4 creates: so that a contract can be tried on any server that takes writes. Each time others.
 */
final class SeededChart implements AutoCloseable {
    private static final String RECORDS = "chart.ndjson";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    /** How a server says that it keeps no records of a type, or lets nobody write any. */
    private static final Set<Integer> NOT_KEPT = Set.of(403, 404, 405, 501);

    private static final int MARK_LETTERS = 10;
    private static final int MINUTES = 30;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final @Nullable String authorization;
    private final String mark = letters();
    private final Map<String, String> references = new HashMap<>();

    private SeededChart(URI server, @Nullable String authorization) {
        this.authorization = authorization;
        this.server = URI.create(server.toString().replaceAll("/+$", ""));
    }

    /** Writes them, with this header {@code Authorization}. */
    static SeededChart into(URI server, @Nullable String authorization) {
        var chart = new SeededChart(server, authorization);
        chart.lines().lines().forEach(line -> chart.create(JSON.readTree(line)));
        return chart;
    }

    /** How all family names begin. */
    String family() {
        return mark;
    }

    /** The canonical URL of the questionnaire, code system, value set or concept map of these records. */
    String canonical(String type) {
        return "https://example.org/" + type + "/" + mark;
    }

    /** Whether the server has taken a record, by its name in the file. */
    boolean has(String name) {
        return references.containsKey(name);
    }

    /** The id of a record by its name in the file. */
    String id(String name) {
        var reference = Objects.requireNonNull(references.get(name), name);
        return reference.substring(reference.indexOf('/') + 1);
    }

    /** Opens free times of half an hour with the practitioner, as Slot resources. */
    void open(OffsetDateTime first, int count) {
        var schedule = """
                {"resourceType":"Schedule","active":true,"serviceType":[%s],
                 "actor":[{"reference":"%s","display":"Dr Grace Hill"},{"reference":"%s","display":"Room 1"}]}""".formatted(service(), references.get("dr"), references.get("room"));
        var reference = created(schedule, "Schedule");
        var slots = IntStream.range(0, count)
                .mapToObj(number -> slot(reference, first.plusMinutes((long) number * MINUTES)))
                .toList();
        var entries = slots.stream()
                .map(slot -> "{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Slot\"}}".formatted(slot))
                .collect(Collectors.joining(","));
        var all = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[%s]}".formatted(entries);
        if (post("", all).statusCode() != 200) {
            slots.forEach(slot -> created(slot, "Slot"));
        }
    }

    private String slot(String schedule, OffsetDateTime start) {
        return """
                {"resourceType":"Slot","schedule":{"reference":"%s"},"status":"free","serviceType":[%s],
                 "start":"%s","end":"%s"}""".formatted(schedule, service(), SECONDS.format(start), SECONDS.format(start.plusMinutes(MINUTES)));
    }

    private static String service() {
        return "{\"coding\":[{\"system\":\"urn:example:services\",\"code\":\"checkup\",\"display\":\"Check-up\"}]}";
    }

    private void create(JsonNode line) {
        var resource = line.get("resource");
        var text = JSON.writeValueAsString(resource).replace("{{mark}}", mark);
        for (var known : references.entrySet()) {
            text = text.replace("{{" + known.getKey() + "}}", known.getValue());
        }
        var type = resource.get("resourceType").asString();
        var answer = post("/" + type, text);
        if (NOT_KEPT.contains(answer.statusCode())) {
            return;
        }
        var reference = reference(answer, type);
        if (!line.get("as").asString().isEmpty()) {
            references.put(line.get("as").asString(), reference);
        }
    }

    private String created(String resource, String type) {
        return reference(post("/" + type, resource), type);
    }

    private static String reference(HttpResponse<String> answer, String type) {
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("The server does not take a " + type + ": " + answer.statusCode());
        }
        return type + "/" + JSON.readTree(answer.body()).get("id").asString();
    }

    private HttpResponse<String> post(String path, String resource) {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString(resource));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String lines() {
        try (InputStream in = Objects.requireNonNull(SeededChart.class.getResourceAsStream(RECORDS))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String letters() {
        return "K"
                + ThreadLocalRandom.current()
                        .ints(MARK_LETTERS, 'a', 'z' + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        http.close();
    }
}

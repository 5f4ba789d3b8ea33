package org.ehrhub.medplum.stub;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ehrhub.medplum.stub.GraphQuery.Field;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code $graphql}: reads, lists, lists of what points at a resource, and mutations that really change what is stored. */
public final class GraphQl {
    private static final Pattern MUTATION = Pattern.compile("([A-Z]\\w*)(Create|Update|Patch|Delete)");

    private final Archive archive;
    private final Reading reading;
    private final Searches searches;
    private final Function<Call, Said> router;
    private final List<Ran> ran = new CopyOnWriteArrayList<>();

    GraphQl(Archive archive, Reading reading, Searches searches, Function<Call, Said> router) {
        this.archive = archive;
        this.reading = reading;
        this.searches = searches;
        this.router = router;
    }

    /**
     * One document that was run.
     *
     * @param mutation whether its operation was a mutation
     */
    public record Ran(boolean mutation, String query) {}

    /** The documents that were run, in order. */
    public List<Ran> ran() {
        return List.copyOf(ran);
    }

    Said answer(Call call) {
        var asked = call.asked().json();
        var query = GraphQuery.of(Json.text(asked, "query"), asked.path("variables"));
        var operation = query.operation(Json.text(asked, "operationName"));
        var mutation = operation.kind().equals("mutation");
        var run = new Run(call, query, Json.MAPPER.createArrayNode());
        var data = Json.object();
        for (var field : operation.fields()) {
            data.set(field.key(), mutation ? run.mutation(field) : run.root(field));
        }
        ran.add(new Ran(mutation, Json.text(asked, "query")));
        var answer = Json.object();
        if (!run.errors().isEmpty()) {
            answer.set("errors", run.errors());
        }
        answer.set("data", data);
        return Said.json(200, answer);
    }

    /** One document while it is run. */
    private final class Run {
        private final Call call;
        private final GraphQuery query;
        private final ArrayNode errors;

        Run(Call call, GraphQuery query, ArrayNode errors) {
            this.call = call;
            this.query = query;
            this.errors = errors;
        }

        ArrayNode errors() {
            return errors;
        }

        JsonNode root(Field field) {
            if (field.name().endsWith("List")) {
                return list(field, Map.of());
            }
            if (!archive.knows(field.name())) {
                throw unknown(field.name(), "Query");
            }
            fits(field.name(), field.fields());
            try {
                call.charge(1);
                var id = field.arguments().getOrDefault("id", Json.object()).asString("");
                var kept = reading.visible(call, field.name(), id, "read");
                return project(reading.shown(kept, call), field.fields());
            } catch (Refused e) {
                return failed(field, e);
            }
        }

        JsonNode mutation(Field field) {
            var name = MUTATION.matcher(field.name());
            if (!name.matches() || !archive.knows(name.group(1))) {
                throw unknown(field.name(), "Mutation");
            }
            var method = Map.of("Create", "POST", "Update", "PUT", "Patch", "PATCH", "Delete", "DELETE");
            var id = field.arguments().getOrDefault("id", Json.object()).asString("");
            var body = Json.MAPPER.writeValueAsBytes(
                    field.arguments().getOrDefault("res", field.arguments().getOrDefault("patch", Json.object())));
            var asked = new Asked(
                    method.getOrDefault(name.group(2), "POST"),
                    "/" + name.group(1) + (id.isEmpty() ? "" : "/" + id),
                    "",
                    Map.of("Content-Type", List.of("application/fhir+json")),
                    body);
            try {
                var said = router.apply(call.entry(asked, null));
                var made = Json.MAPPER.readTree(new String(said.body(), StandardCharsets.UTF_8));
                return Outcomes.isOutcome(made) ? Json.MAPPER.nullNode() : project(made, field.fields());
            } catch (Refused e) {
                return failed(field, e);
            }
        }

        private JsonNode list(Field field, Map<String, String> more) {
            var type = field.name().substring(0, field.name().length() - "List".length());
            if (!archive.knows(type)) {
                throw unknown(field.name(), "Query");
            }
            fits(type, field.fields());
            var asked = new LinkedHashMap<String, List<String>>();
            more.forEach((name, value) -> asked.put(name, List.of(value)));
            field.arguments().forEach((name, value) -> {
                if (!name.equals("_reference")) {
                    asked.put(name.replaceAll("(?<!^)_", "-"), List.of(value.asString("")));
                }
            });
            try {
                call.charge(Searches.SEARCH);
                var found = Json.MAPPER.createArrayNode();
                searches.page(call, type, SearchAsked.of(asked))
                        .matches()
                        .forEach(one -> found.add(project(reading.view().of(one, call), field.fields())));
                return found;
            } catch (Refused e) {
                return failed(field, e);
            }
        }

        private JsonNode project(JsonNode value, List<Field> fields) {
            if (fields.isEmpty() || value.isNull() || value.isMissingNode()) {
                return value.isMissingNode() ? Json.MAPPER.nullNode() : value;
            }
            if (value.isArray()) {
                var found = Json.MAPPER.createArrayNode();
                value.valueStream().forEach(item -> found.add(project(item, fields)));
                return found;
            }
            var found = Json.object();
            fields.forEach(field -> put(found, value, field));
            return found;
        }

        private void put(ObjectNode found, JsonNode value, Field field) {
            if (field.key().equals("...")) {
                query.fragment(field.name()).forEach(one -> put(found, value, one));
            } else if (field.arguments().containsKey("_reference")) {
                var parameter = field.arguments().get("_reference").asString("");
                found.set(field.key(), list(field, Map.of(parameter, Json.address(value))));
            } else {
                found.set(field.key(), project(value.path(field.name()), field.fields()));
            }
        }

        private void fits(String type, List<Field> fields) {
            if (archive.isIndexed(type)) {
                var known = archive.fhir().getResourceDefinition(type);
                fields.stream()
                        .filter(field ->
                                !field.key().equals("...") && !field.name().endsWith("List"))
                        .filter(field -> !List.of("id", "resourceType").contains(field.name()))
                        .filter(field -> known.getChildByName(field.name()) == null)
                        .findFirst()
                        .ifPresent(field -> {
                            throw unknown(field.name(), type);
                        });
            }
        }

        private JsonNode failed(Field field, Refused refused) {
            if (refused.isTooMany()) {
                throw refused;
            }
            var error = errors.addObject().put("message", refused.getMessage());
            error.putArray("path").add(field.key());
            error.putArray("locations").addObject().put("line", 1).put("column", 1);
            error.putObject("extensions");
            return Json.MAPPER.nullNode();
        }

        private static Refused unknown(String field, String type) {
            return Refused.bad("Cannot query field \"" + field + "\" on type \"" + type + "\".");
        }
    }
}

package org.ehrhub.medplum.stub;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON Patch (RFC 6902) in Medplum's words: whatever does not fit is a bad request, a failed test too. */
record JsonPatch(JsonNode operations) {
    static JsonPatch of(JsonNode body) {
        if (!body.isArray()) {
            throw Refused.bad("Patch body must be an array");
        }
        return new JsonPatch(body);
    }

    ObjectNode applied(ObjectNode before) {
        var after = before.deepCopy();
        operations.valueStream().forEach(operation -> apply(operation, after));
        return after;
    }

    private static void apply(JsonNode operation, ObjectNode document) {
        var path = Json.text(operation, "path");
        switch (Json.text(operation, "op")) {
            case "add" -> add(document, path, operation.path("value"));
            case "remove" -> remove(document, path);
            case "replace" -> {
                required(document, path);
                remove(document, path);
                add(document, path, operation.path("value"));
            }
            case "move" -> {
                var moved = required(document, Json.text(operation, "from"));
                remove(document, Json.text(operation, "from"));
                add(document, path, moved);
            }
            case "copy" -> add(document, path, required(document, Json.text(operation, "from")));
            case "test" -> test(at(document, path), operation.path("value"));
            default -> throw Refused.bad("Invalid operation: " + Json.text(operation, "op"));
        }
    }

    private static void test(JsonNode held, JsonNode wanted) {
        if (!held.equals(wanted)) {
            throw Refused.bad("Test failed: " + word(held) + " != " + word(wanted));
        }
    }

    private static String word(JsonNode value) {
        if (value.isMissingNode()) {
            return "undefined";
        }
        return value.isValueNode() ? value.asString("") : "[object Object]";
    }

    private static JsonNode required(ObjectNode document, String path) {
        var found = at(document, path);
        if (found.isMissingNode()) {
            throw Refused.bad("Value required at path: " + path);
        }
        return found;
    }

    private static void add(ObjectNode document, String path, JsonNode value) {
        switch (parent(document, path)) {
            case ObjectNode object -> object.set(last(path), value.deepCopy());
            case ArrayNode array when last(path).equals("-") -> array.add(value.deepCopy());
            case ArrayNode array when index(path) <= array.size() -> array.insert(index(path), value.deepCopy());
            default -> throw Refused.bad("Invalid path: " + path);
        }
    }

    private static void remove(ObjectNode document, String path) {
        required(document, path);
        switch (parent(document, path)) {
            case ObjectNode object -> object.remove(last(path));
            case ArrayNode array -> array.remove(index(path));
            default -> throw Refused.bad("Invalid path: " + path);
        }
    }

    private static JsonNode parent(ObjectNode document, String path) {
        return at(document, path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    }

    private static JsonNode at(ObjectNode document, String path) {
        JsonNode found = document;
        for (var step : steps(path)) {
            found = found.isArray() && step.matches("\\d+") ? found.path(Integer.parseInt(step)) : found.path(step);
        }
        return found;
    }

    private static List<String> steps(String path) {
        return Stream.of(path.split("/", -1))
                .skip(1)
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static String last(String path) {
        var steps = steps(path);
        if (steps.isEmpty()) {
            throw Refused.bad("Invalid path: " + path);
        }
        return steps.getLast();
    }

    private static int index(String path) {
        return last(path).matches("\\d{1,6}") ? Integer.parseInt(last(path)) : Integer.MAX_VALUE;
    }
}

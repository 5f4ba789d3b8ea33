package org.ehrhub.server.adversarial;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON with one to three pieces of it dropped, doubled or replaced by what does not belong there. */
final class MutatedJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\u0000",
            "\u202e",
            "|",
            "a|",
            "|b",
            "#",
            "#x",
            "Patient/..",
            "Patient/a b",
            "Patient/x/_history/2",
            "https://evil.example/fhir/Patient/1",
            "urn:uuid:0c3b0bf1-0000-0000-0000-000000000000",
            "../..",
            "_history",
            "0000-01-01",
            "9999-12-31",
            "2026-02-30",
            "2016-12-31T23:59:60Z",
            "2026-03-02T09:00:00+14:01",
            "2026-03-02T09:00:00",
            "10000-01-01T00:00:00Z",
            "0001",
            "1e999",
            "-0",
            "NaN",
            "true",
            "entered-in-error",
            "x".repeat(5000),
            "\ud83d",
            "\u00dcn\u00ef",
            "Basic",
            "unknown",
            "text/plain; charset=nonsense",
            "application/pdf",
            "AAAA",
            "%ZZ");

    private final Random random;

    MutatedJson(Random random) {
        this.random = random;
    }

    String of(String json) {
        var tree = StubbedHub.JSON.readTree(json);
        for (int change = random.nextInt(3); change >= 0; change--) {
            var places = new ArrayList<JsonNode>();
            collect(tree, places);
            switch (places.get(random.nextInt(places.size()))) {
                case ObjectNode object -> change(object);
                case ArrayNode array -> change(array);
                default -> throw new IllegalStateException("Only what holds something is a place");
            }
        }
        return tree.toString();
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainer() && !node.isEmpty()) {
            places.add(node);
            node.values().forEach(child -> collect(child, places));
        }
    }

    private void change(ObjectNode object) {
        var names = new ArrayList<>(object.propertyNames());
        var name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> object.remove(name);
            case 5 -> object.putNull(name);
            default -> object.set(name, other(object.get(name)));
        }
    }

    private void change(ArrayNode array) {
        int at = random.nextInt(array.size());
        switch (random.nextInt(5)) {
            case 0 -> array.remove(at);
            case 1 -> array.set(at, NODES.nullNode());
            case 2 -> array.add(array.get(at).deepCopy());
            case 3 -> array.removeAll();
            default -> array.set(at, other(array.get(at)));
        }
    }

    /** Mostly a text for a text, which is read further than what is of another kind. */
    private JsonNode other(JsonNode old) {
        return switch (random.nextInt(old.isString() ? 16 : 5)) {
            case 0 -> NODES.numberNode(random.nextInt());
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.objectNode();
            case 3 -> NODES.arrayNode().add(old.deepCopy());
            default -> NODES.stringNode(PIECES.get(random.nextInt(PIECES.size())));
        };
    }
}

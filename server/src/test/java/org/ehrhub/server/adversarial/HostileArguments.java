package org.ehrhub.server.adversarial;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import org.ehrhub.tools.CanonicalTool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Arguments for one tool, by the thousand: the example of its contract with pieces changed, dropped, added or replaced. */
final class HostileArguments {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode example;
    private final List<String> names;
    private final Random random;
    private final RandomGenerator<String> texts;
    private final RandomGenerator<String> pieces;

    @SuppressWarnings("MethodLength") // a list
    HostileArguments(CanonicalTool<?, ?> tool, String canary, long seed) {
        example = (ObjectNode)
                JSON.readTree(tool.example().replace("\"stmarys", "\"a").replace("\"clinic/", "\"a/"));
        names = new ArrayList<>(
                JSON.readTree(tool.inputSchema()).path("properties").propertyNames());
        random = new Random(seed);
        pieces = Arbitraries.of(
                        "a/Patient/p1",
                        "a/Patient/..",
                        "b/Patient/1",
                        canary,
                        "//" + canary,
                        "\\\\x",
                        "../..",
                        "%2e%2e",
                        "\r\n",
                        "\u0000",
                        "\u202e",
                        "<script>",
                        "${jndi:ldap://x}",
                        "{{7*7}}",
                        "' OR 1=1 --",
                        "|",
                        ",",
                        "$",
                        "MSH|^~\\&|",
                        "Patient?name=x",
                        "Patient/1/$everything",
                        "2026-02-30",
                        "9999-12-31T23:59:59Z",
                        "-999999999",
                        "1e308",
                        "NaN",
                        "null",
                        "true",
                        "[]",
                        "{}",
                        "loinc|4548-4",
                        "|x",
                        "x|")
                .generator(1000);
        texts = text().generator(1000);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings().ascii().ofMaxLength(300),
                Arbitraries.strings().numeric().ofMaxLength(30),
                Arbitraries.strings().withChars("/\\.%?#&=|,;:$@ \t\r\n").ofMaxLength(20));
    }

    /** One in four is the example as it is: with those, the hub reaches an EHR that may answer anything. */
    JsonNode next() {
        var arguments = example.deepCopy();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            change(arguments);
        }
        return arguments;
    }

    private void change(ObjectNode arguments) {
        var name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(10)) {
            case 0 -> arguments.remove(name);
            case 1 -> arguments.set(string(), value(0));
            case 2, 3 -> arguments.set(name, value(0));
            case 4, 5 -> arguments.put(name, string());
            case 6 -> arguments.put(name, random.nextInt(2000) - 1000);
            case 7 -> arguments.put(name, 1 + random.nextInt(100));
            default -> arguments.set(name, mutated(arguments.get(name)));
        }
    }

    private JsonNode mutated(JsonNode old) {
        return switch (old) {
            case ObjectNode object
            when !object.isEmpty() -> {
                var copy = object.deepCopy();
                var names = new ArrayList<>(copy.propertyNames());
                var one = names.get(random.nextInt(names.size()));
                copy.set(one, mutated(copy.get(one)));
                yield copy;
            }
            case ArrayNode array
            when !array.isEmpty() -> {
                var copy = array.deepCopy();
                copy.set(0, mutated(copy.get(0)));
                yield copy;
            }
            case null -> NODES.stringNode(string());
            default -> old.isString() ? NODES.stringNode(spliced(old.stringValue())) : value(1);
        };
    }

    /** A text with a piece put in, taken out or put in another's place. */
    private String spliced(String text) {
        int at = text.isEmpty() ? 0 : random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(4));
        return text.substring(0, at) + (random.nextBoolean() ? string() : "") + text.substring(to);
    }

    private String string() {
        return random.nextBoolean()
                ? pieces.next(random).value()
                : texts.next(random).value();
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 2 ? 6 : 8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.numberNode(random.nextGaussian() * 1e6);
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4, 5 -> NODES.stringNode(string());
            case 6 -> NODES.arrayNode().add(value(depth + 1)).add(value(depth + 1));
            default -> NODES.objectNode().set(string(), value(depth + 1));
        };
    }
}

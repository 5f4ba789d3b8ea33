package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.victools.jsonschema.generator.SchemaGenerator;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the golden schemas to the records; {@code ./check --update} rewrites them. */
class GoldenSchemasTest {
    private static final Path GOLDEN = Path.of("src/main/resources/org/ehrhub/tools/schemas");
    private static final SchemaGenerator GENERATOR = RecordSchemas.generator();

    static Stream<CanonicalTool<?, ?>> tools() {
        return ToolCatalog.canonical().tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theInputSchemaIsTheGoldenOne(CanonicalTool<?, ?> tool) throws IOException {
        holds(tool.name() + ".input.json", schema(tool.input()));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theOutputSchemaIsTheGoldenOne(CanonicalTool<?, ?> tool) throws IOException {
        var envelope = switch (tool) {
            case CanonicalTool.Read<?, ?> read -> schema(ItemAnswer.class, read.output());
            case CanonicalTool.Listing<?, ?> listing -> schema(ListAnswer.class, listing.output());
            case CanonicalTool.Write<?, ?> write -> schema(WriteAnswer.class, write.output());
        };
        if (tool.isConnector()) {
            connectorForm((ObjectNode) envelope);
        }
        holds(tool.name() + ".output.json", envelope);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyPropertyIsDescribedAndEveryObjectIsClosed(CanonicalTool<?, ?> tool) {
        var json = new ObjectMapper();
        for (var schema : List.of(json.readTree(tool.inputSchema()), json.readTree(tool.outputSchema()))) {
            assertThat(schema.has("$id")).isFalse();
            closedAndDescribed(schema);
        }
    }

    /** ChatGPT's connectors find rows under results, and the fields of a record beside its source. */
    private static void connectorForm(ObjectNode envelope) {
        var properties = (ObjectNode) envelope.get("properties");
        var required = (ArrayNode) envelope.get("required");
        if (properties.has("items")) {
            properties.set("results", properties.remove("items"));
            required.remove(required.size() - 1);
            required.add("results");
        } else {
            var item = properties.remove("item");
            properties.setAll((ObjectNode) item.get("properties"));
            required.remove(required.size() - 1);
            item.get("required").forEach(required::add);
        }
    }

    private static void closedAndDescribed(JsonNode node) {
        if (node.has("properties")) {
            assertThat(node.path("additionalProperties").asString()).isEqualTo("false");
            node.path("properties")
                    .propertyStream()
                    .forEach(p -> assertThat(p.getValue().path("description").asString(""))
                            .as(p.getKey())
                            .isNotBlank());
        }
        node.forEach(GoldenSchemasTest::closedAndDescribed);
    }

    private static void holds(String file, JsonNode schema) throws IOException {
        var text = schema.toPrettyString().replace("\r\n", "\n") + "\n";
        var golden = GOLDEN.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(golden)
                .as("a changed contract is a decision: see CONTRIBUTING, then ./check --update")
                .hasContent(text);
    }

    private static JsonNode schema(Type type, Type... arguments) {
        return GENERATOR.generateSchema(type, arguments);
    }
}

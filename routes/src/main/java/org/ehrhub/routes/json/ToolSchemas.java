package org.ehrhub.routes.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ehrhub.tools.CanonicalTool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds arguments to the input schemas of the tools, and says in the hub's words what is wrong; never repeats a value. */
public final class ToolSchemas {
    private static final String WHOLE = "arguments";

    /** More than any number has that adapters take. */
    private static final int MOST_ZEROS = 200;

    private static final Map<String, String> FORMATS = Map.of(
            "date-time", "a date and time with offset (ISO 8601), such as 2026-03-02T09:00:00-05:00",
            "date", "a date, YYYY-MM-DD");

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<String, Schema> inputs = new ConcurrentHashMap<>();

    /** What is wrong with a tool's arguments, a sentence each; none when they fit. */
    public List<String> problems(CanonicalTool<?, ?> tool, JsonNode arguments) {
        if (!arguments.isObject()) {
            return List.of("`arguments` must be a JSON object");
        }
        var schema = inputs.computeIfAbsent(tool.name(), name -> registry.getSchema(tool.inputSchema()));
        var properties = schema.getSchemaNode().path("properties");
        var odd = arguments
                .propertyStream()
                .filter(argument -> isOdd(argument.getValue(), properties.path(argument.getKey())))
                .map(argument -> quoted(argument.getKey(), properties) + " must hold numbers of ordinary size only")
                .toList();
        if (!odd.isEmpty()) {
            return odd;
        }
        return schema.validate(arguments).stream()
                .map(error -> sentence(error, tool, properties))
                .distinct()
                .toList();
    }

    /** Whether a number is far beyond use: the validator does not survive one that it looks at, and memory none that is long. */
    private static boolean isOdd(JsonNode value, JsonNode schema) {
        return switch (value) {
            case ArrayNode array -> array.valueStream().anyMatch(one -> isOdd(one, schema.path("items")));
            case ObjectNode object ->
                object.propertyStream().anyMatch(property -> {
                    var known = schema.path("properties").path(property.getKey());
                    return known.isMissingNode() ? isLong(property.getValue()) : isOdd(property.getValue(), known);
                });
            default -> value.isNumber() && !value.canConvertToLong();
        };
    }

    /** Whether something in JSON of any form is a short number that is long when it is written out: {@code 1e9999}. */
    private static boolean isLong(JsonNode value) {
        return value.isContainer()
                ? value.valueStream().anyMatch(ToolSchemas::isLong)
                : value.isBigDecimal() && Math.abs((long) value.decimalValue().scale()) > MOST_ZEROS;
    }

    private static String sentence(Error error, CanonicalTool<?, ?> tool, JsonNode properties) {
        var argument = quoted(name(error), properties);
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" ->
                "One of the names given is not an argument of " + tool.name();
            case "required" ->
                "`%s` is missing: %s".formatted(error.getProperty(), meaning(properties, error.getProperty()));
            case "type" -> argument + " must be of type " + schemaText(error);
            case "format" -> argument + " must be " + FORMATS.getOrDefault(schemaText(error), "well formed");
            case "enum" -> argument + " must be one of " + values(error.getSchemaNode());
            case "maxLength" -> argument + " must have at most " + schemaText(error) + " characters";
            case "minimum" -> argument + " must be at least " + schemaText(error);
            case "maximum" -> argument + " must be at most " + schemaText(error);
            default -> argument + " has not the form of: " + meaning(properties, name(error));
        };
    }

    private static String schemaText(Error error) {
        var node = error.getSchemaNode();
        return node == null ? "" : node.asString("");
    }

    private static String values(JsonNode node) {
        return node.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    /** A name that the caller made up is not said back: it may be anything. */
    private static String quoted(String name, JsonNode properties) {
        return properties.has(name) || name.equals(WHOLE) ? "`" + name + "`" : "An argument";
    }

    private static String name(Error error) {
        var location = error.getInstanceLocation();
        return location.getNameCount() == 0 ? WHOLE : String.valueOf(location.getName(0));
    }

    private static String meaning(JsonNode properties, String argument) {
        return properties.path(argument).path("description").asString("see the tool's schema");
    }
}

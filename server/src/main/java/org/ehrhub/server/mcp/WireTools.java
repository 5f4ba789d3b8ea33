package org.ehrhub.server.mcp;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tools as they go over the wire, each under both of its names, of which one is listed. */
final class WireTools {
    /** Where {@code _meta} of a listed tool says what the contract is called. */
    static final String CANONICAL_NAME = "org.ehrhub/canonicalName";

    /** Where {@code _meta} of a listed tool says which version of the contract it is. */
    static final String VERSION = "org.ehrhub/contractVersion";

    private final Map<String, CanonicalTool<?, ?>> byWireName = new LinkedHashMap<>();
    private final ToolNames listed;
    private final JsonMapper json;

    WireTools(ToolCatalog catalog, ToolNames listed, JsonMapper json) {
        this.listed = listed;
        this.json = json;
        for (var tool : catalog.tools()) {
            byWireName.put(tool.wireName(), tool);
            byWireName.put(tool.name(), tool);
        }
    }

    boolean has(String wireName) {
        return byWireName.containsKey(wireName);
    }

    Optional<CanonicalTool<?, ?>> find(String wireName) {
        return Optional.ofNullable(byWireName.get(wireName));
    }

    Stream<Named> all() {
        return byWireName.entrySet().stream().map(e -> new Named(e.getValue(), toTool(e.getKey(), e.getValue())));
    }

    boolean isListed(Tool tool, CallerContext caller) {
        var canonical = byWireName.get(tool.name());
        return canonical != null && listed.of(canonical).equals(tool.name()) && caller.mayUse(canonical.name());
    }

    /** A text about tools, with their names as this server lists them. */
    String named(String text) {
        var words = text;
        for (var tool : byWireName.values()) {
            words = words.replace("`" + tool.name() + "`", listed.of(tool));
        }
        return words;
    }

    private Tool toTool(String wireName, CanonicalTool<?, ?> tool) {
        return Tool.builder(wireName, schema(tool.inputSchema()))
                .title(tool.title())
                .description(tool.description())
                .outputSchema(withoutWords(schema(tool.outputSchema())))
                .annotations(annotations(tool))
                .meta(Map.of(CANONICAL_NAME, tool.name(), VERSION, tool.version()))
                .build();
    }

    private static ToolAnnotations annotations(CanonicalTool<?, ?> tool) {
        var risk = tool.risk();
        return ToolAnnotations.builder()
                .title(tool.title())
                .readOnlyHint(risk.readOnly())
                .destructiveHint(risk.destructive())
                .idempotentHint(risk.idempotent())
                .openWorldHint(true)
                .build();
    }

    private Map<String, Object> schema(String golden) {
        return json.readValue(golden, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** Output schemas are for validators: a model reads the answer itself, and the words are in the docs. */
    private static Map<String, Object> withoutWords(Map<String, Object> schema) {
        schema.remove("description", schema.get("description") instanceof String words ? words : null);
        schema.values().forEach(WireTools::cleared);
        return schema;
    }

    @SuppressWarnings("unchecked")
    private static void cleared(Object node) {
        if (node instanceof Map<?, ?> map) {
            withoutWords((Map<String, Object>) map);
        }
    }

    /** A contract under one of its names. */
    record Named(CanonicalTool<?, ?> contract, Tool tool) {}
}

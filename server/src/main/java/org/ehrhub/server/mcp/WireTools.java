package org.ehrhub.server.mcp;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tools as they go over the wire, each under both of its names, of which one is listed. */
final class WireTools {
    /** Where {@code _meta} of a listed tool says what the contract is called. */
    static final String CANONICAL_NAME = "org.ehrhub/canonicalName";

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
                .outputSchema(schema(tool.outputSchema()))
                .annotations(annotations(tool))
                .meta(Map.of(CANONICAL_NAME, tool.name()))
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

    /** A contract under one of its names. */
    record Named(CanonicalTool<?, ?> contract, Tool tool) {}
}

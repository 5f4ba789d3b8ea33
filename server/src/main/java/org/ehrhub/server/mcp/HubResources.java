package org.ehrhub.server.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ListResourcesResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.tools.TraceContext;
import org.ehrhub.tools.ehrs.EhrTools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server gives to read beside its tools (MCP, Resources): each EHR as {@code ehr.list} has it for this caller, a
 * guide to the tools that this caller may use, and what the errors mean. An EHR is read by that very tool, so that policy,
 * limits and audit are the tool's.
 */
final class HubResources {
    static final String LIST = "resources/list";

    private static final String EHR = "ehr://";
    private static final String GUIDE = "hub://tool-guide";
    private static final String ERRORS = "hub://errors";
    private static final String MARKDOWN = "text/markdown";
    private static final String JSON = "application/json";
    private static final int MOST = 100;

    private final ToolCaller hub;
    private final ToolGuide guide;
    private final JsonMapper json;

    HubResources(ToolCaller hub, ToolGuide guide, JsonMapper json) {
        this.hub = hub;
        this.guide = guide;
        this.json = json;
    }

    /** Those that are there for everybody. */
    List<SyncResourceSpecification> fixed() {
        return List.of(
                new SyncResourceSpecification(
                        markdown(GUIDE, "tool-guide", "How the tools you may use work together."),
                        (exchange, request) -> text(GUIDE, MARKDOWN, guide.tools(caller(exchange.transportContext())))),
                new SyncResourceSpecification(
                        markdown(ERRORS, "errors", "What each error of a tool means, and what to do."),
                        (exchange, request) -> text(ERRORS, MARKDOWN, guide.errors())));
    }

    /** One EHR by its name. */
    SyncResourceTemplateSpecification ofEhr() {
        var template = ResourceTemplate.builder(EHR + "{id}", "ehr")
                .description("One EHR: whether it answers now, and which tools it supports.")
                .mimeType(JSON)
                .build();
        return new SyncResourceTemplateSpecification(
                template, (exchange, request) -> read(request, caller(exchange.transportContext())));
    }

    /** Those that a caller may read; the SDK would list the same to all. */
    ListResourcesResult list(CallerContext caller) {
        var found = new ArrayList<Resource>();
        fixed().forEach(one -> found.add(one.resource()));
        ehrs(caller, "")
                .forEach(row -> found.add(Resource.builder(
                                EHR + row.path("ehr").asString(),
                                row.path("ehr").asString())
                        .description("An EHR of type " + row.path("type").asString() + ".")
                        .mimeType(JSON)
                        .build()));
        return ListResourcesResult.builder(found).build();
    }

    private ReadResourceResult read(ReadResourceRequest request, CallerContext caller) {
        return ehrs(caller, request.uri().substring(EHR.length())).stream()
                .findFirst()
                .map(row -> text(request.uri(), JSON, json.writeValueAsString(row)))
                .orElseThrow(() -> McpError.builder(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND)
                        .message("There is no such resource. Call resources/list for those there are.")
                        .build());
    }

    private List<JsonNode> ehrs(CallerContext caller, String only) {
        if (!caller.mayUse(EhrTools.LIST.name())) {
            return List.of();
        }
        var arguments = json.createObjectNode();
        if (only.isEmpty()) {
            arguments.put("limit", MOST);
        } else {
            arguments.put("ehr", only);
        }
        var trace = caller.trace().map(TraceContext::next).orElseGet(TraceContext::begun);
        var answer = hub.call(EhrTools.LIST.name(), arguments, caller.caller(), trace);
        return answer.failed()
                ? List.of()
                : answer.json().path("items").valueStream().toList();
    }

    private static CallerContext caller(McpTransportContext context) {
        return (CallerContext) context;
    }

    private static Resource markdown(String uri, String name, String description) {
        return Resource.builder(uri, name)
                .description(description)
                .mimeType(MARKDOWN)
                .build();
    }

    private static ReadResourceResult text(String uri, String type, String text) {
        return ReadResourceResult.builder(List.of(
                        TextResourceContents.builder(uri, text).mimeType(type).build()))
                .build();
    }
}

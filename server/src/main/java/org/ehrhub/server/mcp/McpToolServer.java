package org.ehrhub.server.mcp;

import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.TraceContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub's tools on the MCP SDK: what is listed to whom, and how a call reaches the hub and its answer the client. One
 * handler serves every transport; nothing the SDK would say about a call in the hub's place gets to speak.
 */
public final class McpToolServer {
    private static final Logger LOG = LoggerFactory.getLogger(McpToolServer.class);

    private final ToolCaller hub;
    private final McpSettings settings;
    private final JsonMapper json = ProtocolJson.mapper();
    private final WireTools tools;
    private final HubResources resources;

    /** A server of these tools. */
    public McpToolServer(ToolCaller hub, McpSettings settings) {
        this.hub = hub;
        this.settings = settings;
        this.tools = new WireTools(hub.catalog(), settings.toolNames(), json);
        this.resources = new HubResources(hub, new ToolGuide(tools), json);
    }

    McpSyncServer serve(McpStreamableServerTransportProvider transport) {
        return configured(McpServer.sync(transport)).build();
    }

    McpSyncServer serve(McpServerTransportProvider transport) {
        return configured(McpServer.sync(transport)).build();
    }

    CallerContext contextOf(Caller caller) {
        return contextOf(caller, tool -> true);
    }

    /** A context of a caller who may use, of the tools that policy allows, those that the login was granted. */
    CallerContext contextOf(Caller caller, Predicate<CanonicalTool<?, ?>> granted) {
        return new CallerContext(caller, hub, granted, Optional.empty());
    }

    /** The same for one HTTP request, which may belong to a trace. */
    CallerContext contextOf(Caller caller, Predicate<CanonicalTool<?, ?>> granted, Optional<TraceContext> trace) {
        return new CallerContext(caller, hub, granted, trace);
    }

    Optional<CanonicalTool<?, ?>> tool(String wireName) {
        return tools.find(wireName);
    }

    MessageCheck messageCheck() {
        return new MessageCheck(json, tools::has);
    }

    HubResources resources() {
        return resources;
    }

    JsonMapper json() {
        return json;
    }

    McpSettings settings() {
        return settings;
    }

    private McpServer.SyncSpecification<?> configured(McpServer.SyncSpecification<?> server) {
        return server.serverInfo(new Implementation("ehr-hub", "EHR Hub", settings.version(), null, null, null))
                .instructions(tools.named(Instructions.TEXT))
                .capabilities(ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, false)
                        .build())
                .jsonMapper(ProtocolJson.forSdk(json))
                // Handlers run on the request's own virtual thread; the SDK's default is a pool of ten threads per
                // core.
                .immediateExecution(true)
                // Arguments are the hub's to judge, and answers are held to their schema by tests.
                .validateToolInputs(false)
                .jsonSchemaValidator(new NoValidation())
                .addToolFilter(
                        (context, tool) -> context instanceof CallerContext caller && tools.isListed(tool, caller))
                .resources(resources.fixed())
                .resourceTemplates(resources.ofEhr())
                .tools(tools.all().map(this::specification).toList());
    }

    private SyncToolSpecification specification(WireTools.Named named) {
        return new SyncToolSpecification(
                named.tool(),
                (exchange, request) -> call(named.contract(), request, (CallerContext) exchange.transportContext()));
    }

    @SuppressWarnings("IllegalCatch")
    private CallToolResult call(CanonicalTool<?, ?> tool, CallToolRequest request, CallerContext context) {
        try {
            var arguments =
                    request.arguments() == null ? json.createObjectNode() : json.valueToTree(request.arguments());
            var caller =
                    BreakGlassMeta.in(request.meta()).map(context.caller()::in).orElseGet(context::caller);
            return result(hub.call(tool.name(), arguments, caller, trace(request, context)));
        } catch (InvalidArgument e) {
            return result(error(
                    ErrorCode.INVALID_INPUT,
                    String.valueOf(e.getMessage()),
                    "The program that sent it, not the model, has to mend it; without it the call is an ordinary one.",
                    UUID.randomUUID().toString()));
        } catch (RuntimeException e) {
            var callId = UUID.randomUUID().toString();
            LOG.error("Call {} of {} failed inside the hub: {}", callId, tool.name(), FaultTrace.of(e));
            return result(fault(callId));
        }
    }

    /** What the message says of its trace, else what its HTTP request says, else one that begins here. */
    private static TraceContext trace(CallToolRequest request, CallerContext context) {
        var meta = request.meta() == null ? Map.<String, Object>of() : request.meta();
        return TraceContext.read(text(meta, "traceparent"), text(meta, "tracestate"))
                .or(context::trace)
                .map(TraceContext::next)
                .orElseGet(TraceContext::begun);
    }

    private static @Nullable String text(Map<String, Object> meta, String name) {
        return meta.get(name) instanceof String text ? text : null;
    }

    private static CallToolResult result(ToolAnswer answer) {
        var result = CallToolResult.builder().addTextContent(answer.text()).isError(answer.failed());
        // Clients check structuredContent against the output schema even when the call failed.
        return answer.failed()
                ? result.build()
                : result.structuredContent(answer.json()).build();
    }

    private ToolAnswer fault(String callId) {
        return error(
                ErrorCode.INTERNAL,
                "The hub failed on this call.",
                "If this was a write, look whether it happened before trying again. The hub's log has the call id.",
                callId);
    }

    private ToolAnswer error(ErrorCode code, String message, String hint, String callId) {
        var answer = json.createObjectNode();
        answer.putObject("error")
                .put("code", code.name())
                .put("message", message)
                .put("retryable", code.retryable())
                .put("hint", hint)
                .put("callId", callId);
        return new ToolAnswer(true, answer, json.writeValueAsString(answer));
    }

    /** Takes the SDK's validation out of the path of a call. */
    private static final class NoValidation implements JsonSchemaValidator {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object content) {
            return ValidationResponse.asValid(null);
        }
    }
}

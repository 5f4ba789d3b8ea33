package org.ehrhub.server.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.TraceContext;
import org.jspecify.annotations.Nullable;

/** Who sent one MCP request, on its way through the SDK, and what they may use, asked for once per request. */
final class CallerContext implements McpTransportContext {
    private final Caller caller;
    private final ToolCaller hub;
    private final Predicate<CanonicalTool<?, ?>> granted;
    private final Optional<TraceContext> trace;
    private @Nullable Set<String> tools;

    CallerContext(Caller caller, ToolCaller hub, Predicate<CanonicalTool<?, ?>> granted, Optional<TraceContext> trace) {
        this.caller = caller;
        this.hub = hub;
        this.granted = granted;
        this.trace = trace;
    }

    /** The trace that the HTTP request says it belongs to. */
    Optional<TraceContext> trace() {
        return trace;
    }

    Caller caller() {
        return caller;
    }

    boolean mayUse(String canonicalName) {
        if (tools == null) {
            tools = hub.toolsOf(caller).stream()
                    .filter(granted)
                    .map(CanonicalTool::name)
                    .collect(Collectors.toUnmodifiableSet());
        }
        return tools.contains(canonicalName);
    }

    @Override
    public @Nullable Object get(String key) {
        return null;
    }
}

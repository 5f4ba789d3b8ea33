package org.ehrhub.server.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.jspecify.annotations.Nullable;

/** Who sent one MCP request, on its way through the SDK, and what they may use, asked for once per request. */
final class CallerContext implements McpTransportContext {
    private final Caller caller;
    private final ToolCaller hub;
    private final Predicate<CanonicalTool<?, ?>> granted;
    private @Nullable Set<String> tools;

    CallerContext(Caller caller, ToolCaller hub, Predicate<CanonicalTool<?, ?>> granted) {
        this.caller = caller;
        this.hub = hub;
        this.granted = granted;
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

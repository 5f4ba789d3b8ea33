package org.ehrhub.server.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.jspecify.annotations.Nullable;

/** Who sent one MCP request, on its way through the SDK, and what they may use, asked for once per request. */
final class CallerContext implements McpTransportContext {
    private final Caller caller;
    private final ToolCaller hub;
    private @Nullable Set<String> tools;

    CallerContext(Caller caller, ToolCaller hub) {
        this.caller = caller;
        this.hub = hub;
    }

    Caller caller() {
        return caller;
    }

    boolean mayUse(String canonicalName) {
        if (tools == null) {
            tools = hub.toolsOf(caller).stream().map(CanonicalTool::name).collect(Collectors.toUnmodifiableSet());
        }
        return tools.contains(canonicalName);
    }

    @Override
    public @Nullable Object get(String key) {
        return null;
    }
}

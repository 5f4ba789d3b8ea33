package org.ehrhub.routes;

import java.util.List;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.TraceContext;
import tools.jackson.databind.JsonNode;

/** The hub as its servers see it: which tools a caller has, and how one is called. */
public interface ToolCaller {
    /** The tools that are offered to anybody at all; known before the hub is ready. */
    ToolCatalog catalog();

    /** The tools a caller may use on at least one EHR that supports them: exactly those that {@link #call} would not refuse outright. */
    List<CanonicalTool<?, ?>> toolsOf(Caller caller);

    /**
     * Calls a tool. Never throws for anything a caller or an EHR can cause; blocks until the answer or the time limit.
     *
     * @param toolName the canonical or the wire name
     * @param arguments the arguments as they arrived, not yet checked
     * @param trace the part of a trace that the call is
     */
    ToolAnswer call(String toolName, JsonNode arguments, Caller caller, TraceContext trace);

    /** The same for a caller who says of no trace. */
    default ToolAnswer call(String toolName, JsonNode arguments, Caller caller) {
        return call(toolName, arguments, caller, TraceContext.begun());
    }
}

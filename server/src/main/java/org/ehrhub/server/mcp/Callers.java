package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;

/** Who is behind a connection: the seam where login comes in. */
public interface Callers {
    /** Lets in an HTTP request that passed the gate, or does not; asked before its body is read. */
    Admission admit(HttpServletRequest request);

    /** Why this caller's login does not do for this tool, where another would; asked before the call is dispatched. */
    default Optional<Admission.TurnedAway> stepUp(Caller caller, CanonicalTool<?, ?> tool) {
        return Optional.empty();
    }

    /** What anybody may read before they have logged in: JSON by its path. */
    default Map<String, String> documents() {
        return Map.of();
    }

    /** The caller at the local socket or on the hub's own stdin: the operating-system user who runs the hub. */
    Caller localUser();
}

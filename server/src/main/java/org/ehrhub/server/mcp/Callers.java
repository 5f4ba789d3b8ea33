package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletRequest;
import org.ehrhub.tools.Caller;

/** Who is behind a connection: the seam where login comes in. */
public interface Callers {
    /** The caller of an HTTP request that passed the gate. */
    Caller of(HttpServletRequest request);

    /** The caller at the local socket or on the hub's own stdin: the operating-system user who runs the hub. */
    Caller localUser();
}

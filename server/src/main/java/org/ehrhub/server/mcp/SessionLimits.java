package org.ehrhub.server.mcp;

import java.time.Duration;

/**
 * How many MCP sessions there may be over HTTP.
 *
 * @param most of all callers together; another is answered 503
 * @param perCaller of one caller, who loses the one used longest ago for another
 * @param idle how long a session without an open stream may be unused
 */
public record SessionLimits(int most, int perCaller, Duration idle) {
    /** The usual limits of a hub whose callers are one. */
    public static final SessionLimits STANDARD = new SessionLimits(4000, 4000, Duration.ofMinutes(30));
}

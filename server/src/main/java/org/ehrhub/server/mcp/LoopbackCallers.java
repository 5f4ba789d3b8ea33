package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.ehrhub.tools.Caller;

/**
 * The callers of a hub without login: whoever reaches its loopback address is one configured principal.
 *
 * @param overHttp the principal of every HTTP request
 * @param localUser the principal of the local socket and of stdin
 */
public record LoopbackCallers(Caller overHttp, Caller localUser) implements Callers {
    private static final Set<String> LOCAL = Set.of("local");

    /** Both with the role {@code local}. */
    public LoopbackCallers() {
        this(new Caller("local", LOCAL), new Caller("os:" + System.getProperty("user.name"), LOCAL));
    }

    @Override
    public Admission admit(HttpServletRequest request) {
        return new Admission.Admitted(overHttp, null);
    }
}

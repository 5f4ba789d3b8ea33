package org.ehrhub.fhir.client;

import java.time.Instant;
import java.util.Set;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;

/** What the hub asks a server for itself, in nobody's name: whether it is there, and what it can do. */
public final class OwnCalls {
    private static final Caller HUB = new Caller("ehr-hub", Set.of());

    /** No call of anybody has such an id: theirs are the hub's to give, and hold no colon. */
    private static final String MARK = "hub:";

    private OwnCalls() {}

    /** A call of the hub's own. */
    public static CallContext of(String purpose, Instant deadline) {
        return new CallContext(MARK + purpose, HUB, deadline);
    }

    /** Whether it is one. */
    public static boolean is(CallContext call) {
        return call.callId().startsWith(MARK) && call.caller().equals(HUB);
    }
}

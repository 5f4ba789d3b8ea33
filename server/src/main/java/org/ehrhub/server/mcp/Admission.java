package org.ehrhub.server.mcp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;

/** Whether an HTTP request is let in, and as whom. */
public sealed interface Admission {
    /**
     * Let in.
     *
     * @param caller who sent it
     * @param untilOrNull when the login ends, and with it every stream, unless it is renewed; null when it does not
     * @param renewed asked at that time: until when the login goes on, or empty when it has ended
     */
    record Admitted(Caller caller, @Nullable Instant untilOrNull, Supplier<Optional<Instant>> renewed)
            implements Admission {
        /** A login that ends for good. */
        public Admitted(Caller caller, @Nullable Instant untilOrNull) {
            this(caller, untilOrNull, Optional::empty);
        }
    }

    /**
     * Turned away.
     *
     * @param status the HTTP status
     * @param challenges what {@code WWW-Authenticate} says, one header each
     * @param words what is wrong and what to do, in the hub's own words
     */
    record TurnedAway(int status, List<String> challenges, String words) implements Admission {}
}

package org.ehrhub.fhir.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Needs.Need;
import org.ehrhub.tools.CallContext;

/**
 * Where the FHIR servers of one product go other ways than the standard lets expect; asked around each exchange, on the
 * thread of the call, by many threads at once.
 */
public interface ServerHabits {
    /** None. */
    ServerHabits STANDARD = new ServerHabits() {};

    /**
     * Headers that the requests of a call carry beside the usual ones; they go to the server itself only.
     *
     * @throws EhrFailure when this caller's requests must not be sent
     */
    default Map<String, String> headers(CallContext call) {
        return Map.of();
    }

    /**
     * Waits until the server is ready for a request of this kind, no longer than the call lasts.
     *
     * @throws EhrFailure {@code RATE_LIMITED} when it will not be by then; nothing was sent
     */
    default void admit(Interaction kind, Instant deadline) {}

    /**
     * Learns from an answer, whatever it is.
     *
     * @param status the HTTP status
     * @param header the values of a header, by its name
     */
    default void answered(int status, Function<String, List<String>> header) {}

    /** What a refusal means where that is not what its status says. */
    default Optional<EhrFailure> refusal(Refusal refusal) {
        return Optional.empty();
    }

    /** Why a need is not met, in the hub's words; empty where the product says nothing of it. */
    default Optional<String> unmet(Need need) {
        return Optional.empty();
    }

    /** Whether it heeds the version that goes with a patch; where not, the patch itself tests for it (RFC 6902, 4.6). */
    default boolean patchesByVersion() {
        return true;
    }
}

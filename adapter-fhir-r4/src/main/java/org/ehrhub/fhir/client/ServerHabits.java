package org.ehrhub.fhir.client;

import java.net.URI;
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
     * Waits until the server is ready for a request, no longer than the call lasts.
     *
     * @throws EhrFailure when it will not be by then, or must not be asked this; nothing was sent
     */
    default Pass admit(Demand demand, Instant deadline) {
        return Pass.FREE;
    }

    /** One request that was let through. */
    interface Pass {
        /** One of which nothing is learned. */
        Pass FREE = new Pass() {};

        /**
         * Learns from its answer, whatever that is.
         *
         * @param status the HTTP status
         * @param header the values of a header, by its name
         */
        default void answered(int status, Function<String, List<String>> header) {}

        /** It is over, answered or not; said once. */
        default void over() {}
    }

    /** A JSON answer without what must not come into the hub; the same bytes where there is nothing of it. */
    default byte[] cleaned(byte[] json) {
        return json;
    }

    /** What a refusal means where that is not what its status says. */
    default Optional<EhrFailure> refusal(Refusal refusal) {
        return Optional.empty();
    }

    /** Why a need is not met, in the hub's words; empty where the product says nothing of it. */
    default Optional<String> unmet(Need need) {
        return Optional.empty();
    }

    /** Whether its statement names its operations; where not, that one is not named there says nothing. */
    default boolean namesOperations() {
        return true;
    }

    /** A number that is another one after each change of what {@link #unmet} says. */
    default long changes() {
        return 0;
    }

    /** What must be said along with a list of a type, in the hub's words. */
    default List<String> remarks(String type, CallContext call) {
        return List.of();
    }

    /** Whether it heeds the version that goes with a patch; where not, the patch itself tests for it (RFC 6902, 4.6). */
    default boolean patchesByVersion() {
        return true;
    }

    /**
     * The base URL by which the server calls itself in its links, where that is not the one it is asked at; links are known by
     * it, and nothing is ever sent there.
     */
    default Optional<URI> ownBase() {
        return Optional.empty();
    }

    /** The audience of an assertion that goes to this token endpoint (RFC 7523, 3). */
    default URI audience(URI tokenUrl) {
        return tokenUrl;
    }
}

package org.ehrhub.adapters;

import java.time.Duration;
import java.util.Optional;

/** One EHR, spoken to in its own way. Safe for use by many threads. */
public interface EhrAdapter extends AutoCloseable {
    /**
     * What it can do just now: exactly these tools. Asked for each call, so it must be at hand; it may change as the adapter
     * learns what its EHR supports.
     */
    ToolHandlers handlers();

    /**
     * Whether the EHR is reachable and lets the hub in; called on a virtual thread, must return within the limit and must
     * not throw.
     */
    Health probe(Duration limit);

    /**
     * The public keys by which the EHR's login server checks who the hub is, as a JWK set in JSON (RFC 7517, 5); empty where
     * the login needs none. The hub publishes them; asked for each time, on any thread.
     */
    default Optional<String> publicKeys() {
        return Optional.empty();
    }

    /** How each user logs in to the EHR; empty where the hub's own login serves all of them. */
    default Optional<UserLogin> userLogin() {
        return Optional.empty();
    }

    /** How it holds its charts; empty where it cannot say, and nothing is closed then. */
    default Optional<ChartAccess> charts() {
        return Optional.empty();
    }

    /** Ends connections; called once, when no call is under way. */
    @Override
    void close();
}

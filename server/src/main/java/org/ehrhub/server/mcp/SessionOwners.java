package org.ehrhub.server.mcp;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Whose each MCP session is, and how many there are. A session id is no proof of anything: whoever did not open the session,
 * with the same client, is told that it does not exist (MCP, Security Best Practices, Session Hijacking).
 */
final class SessionOwners {
    private final SessionLimits limits;
    private final InstantSource clock;
    private final Map<String, Session> sessions = new HashMap<>();

    SessionOwners(SessionLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** A principal at the client they logged in with, and who acts in their name. */
    record Owner(
            String principal,
            @Nullable String client,
            @Nullable String actor) {
        Owner(String principal, @Nullable String client) {
            this(principal, client, null);
        }

        static Owner of(Caller caller) {
            return new Owner(caller.principal(), caller.client(), caller.actor());
        }
    }

    /**
     * A place for a session that is about to begin.
     *
     * @param id stands for it until it has its own
     * @param ended the sessions that ended to make room
     */
    record Place(String id, Owner owner, List<String> ended) {}

    /** A place for another session of this owner, or none when all are taken by others. */
    synchronized Optional<Place> place(Owner owner) {
        var ended = new ArrayList<>(remove(this::isIdle));
        var own = sessions.values().stream()
                .filter(one -> one.owner.equals(owner))
                .count();
        if (own >= limits.perCaller() || (own > 0 && sessions.size() >= limits.most())) {
            oldest(owner).ifPresent(id -> ended.addAll(remove(one -> one.id.equals(id))));
        }
        if (sessions.size() >= limits.most()) {
            return Optional.empty();
        }
        var id = UUID.randomUUID().toString();
        sessions.put(id, new Session(id, owner, clock.instant()));
        return Optional.of(new Place(id, owner, List.copyOf(ended)));
    }

    /** The session in this place has begun. */
    synchronized void begun(Place place, String id) {
        if (sessions.remove(place.id) != null) {
            sessions.put(id, new Session(id, place.owner, clock.instant()));
        }
    }

    /** Gives up a session, or a place in which none began. */
    synchronized void ended(String id) {
        sessions.remove(id);
    }

    /** Whether this is a session of this owner, which is in use from now. */
    synchronized boolean isOf(String id, Owner owner) {
        var session = sessions.get(id);
        if (session == null || !session.owner.equals(owner) || isIdle(session)) {
            return false;
        }
        session.used = clock.instant();
        return true;
    }

    /** A stream of this session opened, or one ended. */
    synchronized void streams(String id, int more) {
        var session = sessions.get(id);
        if (session != null) {
            session.streams += more;
            session.used = clock.instant();
        }
    }

    private boolean isIdle(Session session) {
        return session.streams == 0 && session.used.plus(limits.idle()).isBefore(clock.instant());
    }

    private Optional<String> oldest(Owner owner) {
        return sessions.values().stream()
                .filter(one -> one.owner.equals(owner))
                .min(Comparator.comparing((Session one) -> one.streams > 0).thenComparing(one -> one.used))
                .map(one -> one.id);
    }

    private List<String> remove(Predicate<Session> which) {
        var ids = sessions.values().stream().filter(which).map(one -> one.id).toList();
        ids.forEach(sessions::remove);
        return ids;
    }

    /** One session. */
    private static final class Session {
        private final String id;
        private final Owner owner;
        private Instant used;
        private int streams;

        Session(String id, Owner owner, Instant used) {
            this.id = id;
            this.owner = owner;
            this.used = used;
        }
    }
}

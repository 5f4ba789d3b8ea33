package org.ehrhub.fhir;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.ehrhub.adapters.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one FHIR R4 server.
 *
 * @param baseUrl the service base URL, http or https
 * @param auth how the hub logs in; none without it
 * @param scheduling how the server keeps free times; as Slot resources without it
 * @param connections most connections open at once; 32 without it
 * @param timeout longest wait for an answer, where the call's own deadline is not nearer; 10 s without it
 */
public record FhirR4Config(
        URI baseUrl,
        @Nullable Auth auth,
        @Nullable Scheduling scheduling,
        @Nullable Integer connections,
        @Nullable Duration timeout) {
    private static final int CONNECTIONS = 32;
    private static final int MOST_CONNECTIONS = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Checks each setting. */
    public FhirR4Config {
        plainHttp(baseUrl, "base-url");
        if (connections != null && (connections < 1 || connections > MOST_CONNECTIONS)) {
            throw new IllegalArgumentException("connections must be between 1 and " + MOST_CONNECTIONS);
        }
        if (timeout != null && !timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be longer than nothing");
        }
    }

    /** Only the address of a server: no login, Slot resources. */
    public FhirR4Config(URI baseUrl) {
        this(baseUrl, null, null, null, null);
    }

    /**
     * How the hub logs in.
     *
     * @param kind the way
     * @param username for basic
     * @param password for basic
     * @param token for bearer
     * @param tokenUrl for client-credentials: the token endpoint (RFC 6749, 4.4)
     * @param clientId for client-credentials
     * @param clientSecret for client-credentials
     * @param scope for client-credentials, where the server wants one
     */
    public record Auth(
            Kind kind,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable Secret token,
            @Nullable URI tokenUrl,
            @Nullable String clientId,
            @Nullable Secret clientSecret,
            @Nullable String scope) {
        /** A way to log in. */
        public enum Kind {
            /** No login. */
            NONE,
            /** User name and password on each request (RFC 7617). */
            BASIC,
            /** A fixed token on each request (RFC 6750). */
            BEARER,
            /** A token fetched with the hub's own id and secret (RFC 6749, 4.4). */
            CLIENT_CREDENTIALS
        }

        /** Checks that exactly what the kind needs is there. */
        public Auth {
            boolean basic = kind == Kind.BASIC;
            boolean client = kind == Kind.CLIENT_CREDENTIALS;
            onlyFor(basic, username, "auth.username", kind);
            onlyFor(basic, password, "auth.password", kind);
            onlyFor(kind == Kind.BEARER, token, "auth.token", kind);
            onlyFor(client, tokenUrl, "auth.token-url", kind);
            onlyFor(client, clientId, "auth.client-id", kind);
            onlyFor(client, clientSecret, "auth.client-secret", kind);
            if (!client && scope != null) {
                throw new IllegalArgumentException("auth.scope does not belong to " + word(kind));
            }
            if (tokenUrl != null) {
                plainHttp(tokenUrl, "auth.token-url");
            }
            if (username != null && username.contains(":")) {
                throw new IllegalArgumentException("auth.username must not hold a colon");
            }
        }

        private static void onlyFor(boolean needed, @Nullable Object value, String key, Kind kind) {
            if (needed == (value == null)) {
                throw new IllegalArgumentException(
                        key + (needed ? " is needed for " : " does not belong to ") + word(kind));
            }
        }
    }

    /**
     * How the server keeps free times and takes bookings.
     *
     * @param slots where free times are; slot-resources without it
     * @param booking how a booking is made safe; by what the slots allow without it
     */
    public record Scheduling(
            @Nullable Slots slots, @Nullable Booking booking) {
        /** Checks that the two fit. */
        public Scheduling {
            boolean find = slots == Slots.FIND_OPERATION;
            if (booking != null && (find != (booking == Booking.CHECKED) || slots == Slots.NONE)) {
                throw new IllegalArgumentException(
                        "scheduling.booking must be checked for find-operation, and transaction or conditional for"
                                + " slot-resources");
            }
        }

        /** Where free times are. */
        public enum Slots {
            /** As Slot resources with Schedules. */
            SLOT_RESOURCES,
            /** As the answer of {@code Appointment/$find}. */
            FIND_OPERATION,
            /** Nowhere: the hub neither searches slots nor books. */
            NONE
        }

        /** How a booking is made safe. */
        public enum Booking {
            /** Slot and appointment in one transaction; the slot's version decides who was first. */
            TRANSACTION,
            /** The slot first, under its version, then the appointment. */
            CONDITIONAL,
            /** The hub looks before and after; the server itself would book twice. */
            CHECKED
        }
    }

    /** Where free times are, with the default applied. */
    public Scheduling.Slots slots() {
        return scheduling == null || scheduling.slots() == null ? Scheduling.Slots.SLOT_RESOURCES : scheduling.slots();
    }

    /** How a booking is made safe, with the default applied. */
    public Scheduling.Booking booking() {
        if (scheduling != null && scheduling.booking() != null) {
            return scheduling.booking();
        }
        return slots() == Scheduling.Slots.FIND_OPERATION ? Scheduling.Booking.CHECKED : Scheduling.Booking.TRANSACTION;
    }

    /** Most connections open at once, with the default applied. */
    public int mostConnections() {
        return connections == null ? CONNECTIONS : connections;
    }

    /** Longest wait for an answer, with the default applied. */
    public Duration longestWait() {
        return timeout == null ? TIMEOUT : timeout;
    }

    private static void plainHttp(URI url, String key) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(key + " must be an http or https address");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(key + " must hold no user, query or fragment");
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package org.ehrhub.fhir;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.ehrhub.adapters.ByteSize;
import org.ehrhub.fhir.resources.AllowedOperations;
import org.ehrhub.fhir.resources.QueryTypes;
import org.ehrhub.fhir.resources.StoredQueries;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one FHIR R4 server.
 *
 * @param baseUrl the service base URL, http or https; https where there is a login, unless on this machine
 * @param auth how the hub logs in; none without it
 * @param scheduling how the server keeps free times; as Slot resources without it
 * @param connections most connections open at once; 32 without it
 * @param timeout longest wait for an answer, where the call's own deadline is not nearer; 10 s without it
 * @param maxResponse the longest answer that is read, 64KB to 100MB; 20MB without it
 * @param search how searches are sent; by GET without it
 * @param statement what the server's statement of what it can do is used for; to withhold tools without it
 * @param attachmentHosts other hosts that documents are fetched from where a record points there, without a login
 * @param allowLinkLocal whether addresses may be link-local, where cloud machines hand out their secrets; not without it
 * @param queryTypes the resource types that {@code fhir.query} reads; the clinical and administrative ones without it
 * @param provenance whether writes leave Provenance in the EHR; where its statement says that it takes it, without it
 * @param operations the operations that callers may have run; none without it
 * @param graphql the GraphQL queries that callers may have run; none without it
 */
public record FhirR4Config(
        URI baseUrl,
        @Nullable Auth auth,
        @Nullable Scheduling scheduling,
        @Nullable Integer connections,
        @Nullable Duration timeout,
        @Nullable ByteSize maxResponse,
        @Nullable Search search,
        @Nullable Statement statement,
        List<String> attachmentHosts,
        @Nullable Boolean allowLinkLocal,
        List<String> queryTypes,
        @Nullable Provenance provenance,
        List<Operation> operations,
        List<StoredQuery> graphql) {
    private static final int CONNECTIONS = 32;
    private static final int MOST_CONNECTIONS = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ByteSize RESPONSE = ByteSize.ofMegabytes(20);
    private static final ByteSize LEAST_RESPONSE = ByteSize.ofKilobytes(64);
    private static final ByteSize MOST_RESPONSE = ByteSize.ofMegabytes(100);
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9-]+(\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    /** Checks each setting. */
    public FhirR4Config {
        attachmentHosts = List.copyOf(attachmentHosts);
        queryTypes = List.copyOf(queryTypes);
        operations = List.copyOf(operations);
        graphql = List.copyOf(graphql);
        AllowedOperations.of(operations);
        StoredQueries.of(graphql, QueryTypes.of(queryTypes));
        Addresses.checked(baseUrl, "base-url");
        if (auth != null && auth.kind() != Auth.Kind.NONE) {
            Addresses.protect(baseUrl, "base-url");
        }
        if (connections != null && (connections < 1 || connections > MOST_CONNECTIONS)) {
            throw new IllegalArgumentException("connections must be between 1 and " + MOST_CONNECTIONS);
        }
        if (timeout != null && !timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be longer than nothing");
        }
        if (maxResponse != null
                && (maxResponse.bytes() < LEAST_RESPONSE.bytes() || maxResponse.bytes() > MOST_RESPONSE.bytes())) {
            throw new IllegalArgumentException("max-response must be between 64KB and 100MB");
        }
        if (!attachmentHosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw new IllegalArgumentException("attachment-hosts must hold host names, each with a port or none");
        }
    }

    /** The settings that most servers need. */
    public FhirR4Config(
            URI baseUrl,
            @Nullable Auth auth,
            @Nullable Scheduling scheduling,
            @Nullable Integer connections,
            @Nullable Duration timeout) {
        this(baseUrl, auth, scheduling, connections, timeout, null, null, null, List.of(), null, List.of(), null);
    }

    /** Settings that let callers run no operations. */
    public FhirR4Config(
            URI baseUrl,
            @Nullable Auth auth,
            @Nullable Scheduling scheduling,
            @Nullable Integer connections,
            @Nullable Duration timeout,
            @Nullable ByteSize maxResponse,
            @Nullable Search search,
            @Nullable Statement statement,
            List<String> attachmentHosts,
            @Nullable Boolean allowLinkLocal,
            List<String> queryTypes,
            @Nullable Provenance provenance) {
        this(
                baseUrl,
                auth,
                scheduling,
                connections,
                timeout,
                maxResponse,
                search,
                statement,
                attachmentHosts,
                allowLinkLocal,
                queryTypes,
                provenance,
                List.of(),
                List.of());
    }

    /** How searches are sent (FHIR R4, 3.1.1.1). */
    public enum Search {
        /** With what is searched for in the address. */
        GET,
        /** With what is searched for in the body, so that it stays out of the logs on the way. */
        POST
    }

    /** What the server's statement of what it can do is used for (FHIR R4, 5.2). */
    public enum Statement {
        /** To withhold tools that it does not support. */
        READ,
        /** For nothing: every tool is offered. */
        IGNORE
    }

    /** Whether writes leave Provenance in the EHR (FHIR R4, 6.3). */
    public enum Provenance {
        /** Where its statement says that it takes it. */
        AUTO,
        /** Never. */
        OFF
    }

    /** Only the address of a server: no login, Slot resources. */
    public FhirR4Config(URI baseUrl) {
        this(baseUrl, null, null, null, null);
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

    /** The service base URL, without a slash at its end. */
    public URI base() {
        return URI.create(baseUrl.toString().replaceAll("/+$", ""));
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

    /** The longest answer that is read, in bytes, with the default applied. */
    public int mostBytes() {
        return (int) (maxResponse == null ? RESPONSE : maxResponse).bytes();
    }

    /** Whether searches go by POST, with the default applied. */
    public boolean postsSearches() {
        return search == Search.POST;
    }

    /** Whether what the server says that it can do is read, with the default applied. */
    public boolean readsStatement() {
        return statement != Statement.IGNORE;
    }

    /** Whether writes leave Provenance where the server takes it, with the default applied. */
    public boolean attributes() {
        return provenance != Provenance.OFF && readsStatement();
    }

    /** Whether link-local addresses may be connected to, with the default applied. */
    public boolean linkLocalAllowed() {
        return Boolean.TRUE.equals(allowLinkLocal);
    }

    /** Whether the server is on this machine and spoken to without TLS. */
    public boolean isPlainLoopback() {
        return Addresses.isHttp(baseUrl) && Addresses.isLoopback(baseUrl);
    }
}

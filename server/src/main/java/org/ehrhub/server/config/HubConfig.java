package org.ehrhub.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.adapters.Secret;
import org.ehrhub.server.mcp.Callers;
import org.ehrhub.server.mcp.LoopbackCallers;
import org.ehrhub.server.mcp.McpSettings;
import org.ehrhub.server.mcp.SessionLimits;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.StoreSettings;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolProfile;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The settings of a hub, {@code ehr-hub.yaml}. Paths are relative to that file.
 *
 * @param server where and how MCP is served
 * @param dataDir the folder that the one running hub owns: its keys, its store and the local socket
 * @param store where audit trail, ledger and approvals are kept
 * @param policy the file that says who may do what; without it nothing is allowed
 * @param timeLimit the longest a call may take
 * @param limits how much one caller, and all calls of one EHR, may use
 * @param maxAnswer the largest answer; what does not fit waits behind a cursor
 * @param approvals how people are asked to approve calls
 * @param logging how the log is written, to standard error
 * @param caller who calls while there is no login
 * @param login who may log in over HTTP; without it the hub can be reached from this machine only
 * @param sandbox starts the embedded EHRs when present
 * @param ehrs the EHRs by the name that begins every reference into them
 * @param channels ways of HL7 v2 messages through the hub, by their name
 */
public record HubConfig(
        @Default("") ServerSettings server,
        @Default("data") Path dataDir,
        @Default("") Store store,
        @Nullable Path policy,
        @Default("10s") Duration timeLimit,
        @Default("") LimitSettings limits,
        @Default("16KB") DataSize maxAnswer,
        @Default("") ApprovalSettings approvals,
        @Default("") LogSettings logging,
        @Default("") LocalCaller caller,
        @Nullable LoginSettings login,
        @Nullable Sandbox sandbox,
        Map<String, EhrSettings> ehrs,
        Map<String, ChannelSettings> channels) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Checks the time limit. */
    public HubConfig {
        if (timeLimit.compareTo(SHORTEST) < 0 || timeLimit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("time-limit must be from 100ms to 5m");
        }
        if (maxAnswer.toBytes() < 4096 || maxAnswer.toBytes() > 65_536) {
            throw new IllegalArgumentException("max-answer must be from 4KB to 64KB");
        }
    }

    /**
     * Who calls while there is no login.
     *
     * @param subject the name in the audit trail of whoever calls over HTTP; at the local socket and on stdin it is the
     *     operating-system user
     * @param roles the roles the policy file speaks of; {@code local} unless given
     */
    public record LocalCaller(@Default("local") String subject, Set<String> roles) {
        /** Checks that the name cannot be taken for one that an issuer vouches for. */
        public LocalCaller {
            if (subject.isBlank() || subject.indexOf('|') >= 0) {
                throw new IllegalArgumentException("subject must be a name without `|`");
            }
        }

        /** As the server knows them. */
        public Callers callers() {
            var both = roles.isEmpty() ? Set.of("local") : roles;
            return new LoopbackCallers(
                    new Caller(subject, both), new Caller("os:" + System.getProperty("user.name"), both));
        }
    }

    /**
     * The embedded EHRs with synthetic people. An EHR uses one by {@code base-url: sandbox:SITE}.
     *
     * @param port the port; 0 lets the operating system choose
     */
    public record Sandbox(@Default("0") int port) {
        /** Checks the port. */
        public Sandbox {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port must be from 0 to 65535; 0 takes a free one");
            }
        }
    }

    /**
     * Where audit trail, ledger and approvals are kept: in a file of the data directory, unless an address is given.
     *
     * @param url a PostgreSQL database, {@code jdbc:postgresql://host/name}; several hubs may share it
     * @param user who logs in there
     * @param password the password
     * @param keys a file of keys under which what may be of a chart is encrypted, the current one first; one in the data
     *     directory is made unless given
     * @param keepWrites for how long a repeated {@code idempotencyKey} is known
     * @param keepAudit for how long audit records are kept
     * @param keepMessages for how long messages that are done are kept
     * @param keepDeadMessages for how long those are kept that were given up
     */
    public record Store(
            @Nullable String url,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Path keys,
            @Default("30d") Duration keepWrites,
            @Default("2192d") Duration keepAudit,
            @Default("30d") Duration keepMessages,
            @Default("90d") Duration keepDeadMessages) {
        /** Checks that a login goes with an address, and the times. */
        public Store {
            if (url != null && !url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("url must begin with jdbc:postgresql:");
            }
            if (url != null && url.matches("(?i).*[?&](user|password)=.*")) {
                throw new IllegalArgumentException(
                        "url must not hold a login; user and password have keys of their own");
            }
            if ((url == null) != (user == null) || (url == null) != (password == null)) {
                throw new IllegalArgumentException("url, user and password belong together");
            }
            if (keepWrites.compareTo(Duration.ofDays(1)) < 0) {
                throw new IllegalArgumentException("keep-writes must be a day or more");
            }
            if (keepAudit.compareTo(Duration.ofDays(30)) < 0) {
                throw new IllegalArgumentException("keep-audit must be 30d or more");
            }
            if (keepMessages.compareTo(Duration.ofDays(1)) < 0 || keepDeadMessages.compareTo(Duration.ofDays(1)) < 0) {
                throw new IllegalArgumentException("keep-messages and keep-dead-messages must be 1d or more");
            }
        }

        /** As the store knows it. */
        public StoreSettings settings(Path dataDir) {
            var where = url == null || user == null || password == null
                    ? StoreSettings.in(dataDir)
                    : new StoreSettings(url, user, password);
            return where.withKeys(keys);
        }

        /** How long records are kept. */
        public HubStore.Keeping keeping() {
            return new HubStore.Keeping(keepWrites, keepAudit, keepMessages, keepDeadMessages);
        }
    }

    /** The same with MCP on another port. */
    public HubConfig onPort(int port) {
        return with(server.onPort(port), sandbox, channels);
    }

    /** The same for a second process on this machine: its sandbox takes a free port, and it has no channels. */
    public HubConfig beside() {
        return with(server, sandbox == null ? null : new Sandbox(0), Map.of());
    }

    /** The same without channels, for a process that neither receives nor delivers. */
    public HubConfig withoutChannels() {
        return with(server, sandbox, Map.of());
    }

    private HubConfig with(ServerSettings at, @Nullable Sandbox box, Map<String, ChannelSettings> through) {
        return new HubConfig(
                at, dataDir, store, policy, timeLimit, limits, maxAnswer, approvals, logging, caller, login, box, ehrs,
                through);
    }

    /** The tools that are offered. */
    public ToolCatalog listed() {
        return ToolProfile.of(ToolCatalog.canonical(), server.profiles());
    }

    /** How MCP is served, as the server wants it. */
    public McpSettings mcp(String version, Path socket) {
        var usual = McpSettings.standard(version);
        return new McpSettings(
                version,
                server.toolNames(),
                server.allowedOrigins().stream().map(URI::toString).collect(Collectors.toSet()),
                login == null ? Set.of() : Set.of(login.resource().getAuthority()),
                Math.toIntExact(server.maxRequest().toBytes()),
                usual.maxCalls(),
                socket,
                usual.maxLocalClients(),
                new SessionLimits(
                        server.sessions().most(),
                        login == null
                                ? server.sessions().most()
                                : server.sessions().perCaller(),
                        server.sessions().idle()));
    }
}

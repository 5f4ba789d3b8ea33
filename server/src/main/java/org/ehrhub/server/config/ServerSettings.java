package org.ehrhub.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.ehrhub.server.mcp.ToolNames;
import org.ehrhub.tools.ToolProfile;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Where and how MCP is served.
 *
 * @param address the address to listen on; of this machine only while there is no login
 * @param port the port; 0 lets the operating system choose
 * @param toolNames the form of tool names in {@code tools/list}; both are accepted in calls
 * @param profiles which parts of the catalogue are offered; clinical unless given
 * @param allowedOrigins web origins, such as {@code https://inspector.example}, whose pages may call
 * @param maxRequest the largest request
 * @param sessions how many MCP sessions there may be
 * @param tls the certificate to serve https with, TLS 1.2 and later
 * @param metrics whether {@code GET /metrics} shows metrics to whoever would be let in to call
 * @param trustedProxy addresses of the proxies that end TLS before the hub; nobody else on a network is served
 */
public record ServerSettings(
        @Default("127.0.0.1") String address,
        @Default("8080") int port,
        @Default("underscore") ToolNames toolNames,
        Set<ToolProfile> profiles,
        Set<URI> allowedOrigins,
        @Default("1MB") DataSize maxRequest,
        @Default("") Sessions sessions,
        @Nullable TlsSettings tls,
        @Default("true") boolean metrics,
        Set<String> trustedProxy) {
    /** Checks the port, the sizes and the names. */
    public ServerSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be from 0 to 65535; 0 takes a free one");
        }
        if (allowedOrigins.stream()
                .anyMatch(origin ->
                        origin.getHost() == null || !origin.getRawPath().isEmpty())) {
            throw new IllegalArgumentException("allowed-origins must hold scheme, host and port only");
        }
        if (maxRequest.toBytes() < 1024 || maxRequest.toMegabytes() > 16) {
            throw new IllegalArgumentException("max-request must be from 1KB to 16MB");
        }
        if (!trustedProxy.stream().allMatch(ReachRules::isLiteral)) {
            throw new IllegalArgumentException("trusted-proxy must hold addresses in figures, such as 192.0.2.7");
        }
    }

    /** Whether only this machine can reach it. */
    public boolean isLocal() {
        return address.equals("localhost") || isLoopback(address);
    }

    static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The same on another port. */
    public ServerSettings onPort(int other) {
        return new ServerSettings(
                address, other, toolNames, profiles, allowedOrigins, maxRequest, sessions, tls, metrics, trustedProxy);
    }

    /**
     * How many MCP sessions there may be over HTTP.
     *
     * @param most of all callers together
     * @param perCaller of one caller, who loses the one used longest ago for another; without login all callers are one, and
     *     only {@code most} counts
     * @param idle how long a session may be unused, without an open stream
     */
    public record Sessions(
            @Default("4000") int most,
            @Default("100") int perCaller,
            @Default("30m") Duration idle) {
        /** Checks the numbers. */
        public Sessions {
            if (most < 1 || perCaller < 1) {
                throw new IllegalArgumentException(
                        (most < 1 ? "most" : "per-caller") + " must be at least 1, or nobody can begin");
            }
            if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("idle must be from 1m to 1d");
            }
        }
    }
}

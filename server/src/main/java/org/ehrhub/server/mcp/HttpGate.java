package org.ehrhub.server.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which HTTP requests are looked at at all. Host and Origin are checked so that a web page cannot reach a hub on loopback,
 * neither directly nor by a name that it makes resolve to loopback (MCP, Transports, Security Warning).
 */
final class HttpGate {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final String VERSION = "MCP-Protocol-Version";

    private final Set<String> origins;
    private final Set<String> hosts;
    private final Set<String> versions;

    HttpGate(McpSettings settings, List<String> protocolVersions) {
        this.origins = settings.allowedOrigins();
        this.hosts = settings.allowedHosts();
        this.versions = Set.copyOf(protocolVersions);
    }

    /** Why a request is turned away, as an HTTP status and words. */
    record Refusal(int status, ProtocolFault fault) {
        Refusal(int status, String message) {
            this(status, new ProtocolFault(ProtocolFault.NOT_A_MESSAGE, message));
        }
    }

    Optional<Refusal> refusal(HttpServletRequest request) {
        if (!isHost(request.getHeader("Host"))) {
            return Optional.of(new Refusal(421, "This hub does not answer to that Host."));
        }
        if (!Collections.list(request.getHeaders("Origin")).stream().allMatch(this::isOrigin)) {
            return Optional.of(new Refusal(403, "Web pages of that Origin may not call this hub."));
        }
        var version = request.getHeader(VERSION);
        if (version != null && !versions.contains(version)) {
            var known = versions.stream().sorted().toList();
            return Optional.of(new Refusal(400, VERSION + " must be one of " + String.join(", ", known) + "."));
        }
        return Optional.empty();
    }

    /** Whether pages of this origin were named in the configuration; those of this machine may call, but are told nothing. */
    boolean isNamed(@Nullable String origin) {
        return origin != null && origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    private boolean isHost(@Nullable String header) {
        if (header == null) {
            return false;
        }
        var host = header.toLowerCase(Locale.ROOT);
        var name = PORT.matcher(host).replaceFirst("");
        return LOOPBACK.contains(name) || hosts.contains(name) || hosts.contains(host);
    }

    private boolean isOrigin(String header) {
        var origin = header.toLowerCase(Locale.ROOT);
        return origins.contains(origin) || isLoopbackOrigin(origin);
    }

    private static boolean isLoopbackOrigin(String origin) {
        try {
            var uri = new URI(origin);
            var plain = uri.getUserInfo() == null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
            var web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return plain && web && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

package org.ehrhub.server.mcp;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the hub serves MCP.
 *
 * @param version the hub's version, as clients are told
 * @param toolNames how tools are listed
 * @param allowedOrigins origins of web pages that may call, {@code https://host[:port]}; loopback origins always may
 * @param allowedHosts names, with or without a port, under which the hub may be addressed; loopback names always may
 * @param maxRequestBytes the largest message taken, in bytes
 * @param maxCalls how many HTTP requests are worked on at once; others are answered 503
 * @param socketOrNull where the local socket is; its directory is the owner's alone. Without it there is no local socket
 * @param maxLocalClients how many clients may be connected to the local socket at once
 * @param sessions how many sessions there may be over HTTP
 */
public record McpSettings(
        String version,
        ToolNames toolNames,
        Set<String> allowedOrigins,
        Set<String> allowedHosts,
        int maxRequestBytes,
        int maxCalls,
        @Nullable Path socketOrNull,
        int maxLocalClients,
        SessionLimits sessions) {
    /** The default of {@code maxRequestBytes}. */
    public static final int ONE_MIB = 1 << 20;

    /** Checks the numbers; names are compared in lower case. */
    public McpSettings {
        allowedOrigins = lowerCase(allowedOrigins);
        allowedHosts = lowerCase(allowedHosts);
        if (maxRequestBytes < 1024 || maxCalls < 1 || maxLocalClients < 1) {
            throw new IllegalArgumentException("A limit of the MCP server is too small to serve anything");
        }
    }

    /** The settings of a hub on loopback without a local socket. */
    public static McpSettings standard(String version) {
        return new McpSettings(
                version, ToolNames.UNDERSCORE, Set.of(), Set.of(), ONE_MIB, 512, null, 32, SessionLimits.STANDARD);
    }

    /** The same with tools listed in another form. */
    public McpSettings with(ToolNames names) {
        return new McpSettings(
                version,
                names,
                allowedOrigins,
                allowedHosts,
                maxRequestBytes,
                maxCalls,
                socketOrNull,
                maxLocalClients,
                sessions);
    }

    /** The same with a local socket. */
    public McpSettings with(Path socket) {
        return new McpSettings(
                version,
                toolNames,
                allowedOrigins,
                allowedHosts,
                maxRequestBytes,
                maxCalls,
                socket,
                maxLocalClients,
                sessions);
    }

    private static Set<String> lowerCase(Set<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}

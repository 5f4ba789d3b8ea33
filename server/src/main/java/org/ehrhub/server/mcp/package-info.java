/**
 * The hub as an MCP server: the tools as a model sees them, Streamable HTTP at {@code /mcp}, and newline-delimited JSON
 * over a local socket for {@code stdio} and {@code call}. {@link org.ehrhub.server.mcp.McpToolServer} is the page to read
 * first; one handler of it serves both transports.
 */
@NullMarked
package org.ehrhub.server.mcp;

import org.jspecify.annotations.NullMarked;

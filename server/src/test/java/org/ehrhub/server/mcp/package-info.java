/** Tests of the MCP server, against a hub that does what a test tells it. */
package org.ehrhub.server.mcp;

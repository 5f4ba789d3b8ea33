/** MCP clients as lean as a client can be. */
@NullMarked
package org.ehrhub.benchmarks.mcp;

import org.jspecify.annotations.NullMarked;

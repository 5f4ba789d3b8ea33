package org.ehrhub.server.mcp;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.ehrhub.tools.ErrorCode;

/** The hub's words about its tools and errors, for a model to read: from the contracts, as the docs are. */
final class ToolGuide {
    private final WireTools tools;

    ToolGuide(WireTools tools) {
        this.tools = tools;
    }

    /** How the tools work together, and each that this caller may use. */
    String tools(CallerContext caller) {
        return tools.all()
                .filter(named -> tools.isListed(named.tool(), caller))
                .map(named -> "- `%s` (%s): %s\n"
                        .formatted(
                                named.tool().name(),
                                named.contract().risk(),
                                named.contract().description()))
                .collect(Collectors.joining(
                        "", tools.named(Instructions.TEXT) + "\n## The tools that you may use\n\n", ""));
    }

    /** What each error means. */
    String errors() {
        return Arrays.stream(ErrorCode.values())
                .map(code -> "- `%s` (%s): %s\n"
                        .formatted(code, code.retryable() ? "retryable" : "not retryable", code.meaning()))
                .collect(Collectors.joining("", "# Errors\n\n", ""));
    }
}

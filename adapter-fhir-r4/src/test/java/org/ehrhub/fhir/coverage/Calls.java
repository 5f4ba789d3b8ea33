package org.ehrhub.fhir.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/** What a call of a tool is made in, and what came of it. */
final class Calls {
    private Calls() {}

    static CallContext under(String key) {
        return within(key, Duration.ofSeconds(20));
    }

    static CallContext within(String key, Duration limit) {
        return new CallContext(
                "call-1", new Caller("test", Set.of()), Instant.now().plus(limit), null, key);
    }

    static <T extends Record> T value(ToolResult<T> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<T>) result).value();
    }

    static ErrorCode failure(ToolResult<?> result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        return ((ToolResult.Failed<?>) result).code();
    }
}

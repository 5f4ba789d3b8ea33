package org.ehrhub.fhir.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/** Calls of an adapter's tools, as the hub makes them. */
final class Calls {
    private Calls() {}

    @SuppressWarnings("unchecked")
    static <I extends Record, R extends Record> ToolResult<R> call(
            EhrAdapter adapter, CanonicalTool<I, ?> tool, I input, CallContext context) {
        var handler = (ToolHandler<I, R>)
                adapter.handlers().find(tool.name()).orElseThrow().handler();
        try {
            return handler.handle(input, context);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    @SuppressWarnings("unchecked")
    static <I extends Record, O extends Record> Optional<O> reconcile(
            EhrAdapter adapter, CanonicalTool<I, O> tool, I input, CallContext context) {
        var handler = (WriteHandler<I, O>)
                adapter.handlers().find(tool.name()).orElseThrow().handler();
        return handler.reconcile(input, context.writeKey(), context);
    }

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

package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolResult;

/** Calls the handlers of an adapter as the hub does, each write under a key of the test's. */
public final class Handlers {
    private Handlers() {}

    static <I extends Record, R extends Record> ToolResult<R> call(
            EhrAdapter adapter, CanonicalTool<I, ?> tool, I input, String key) {
        return call(adapter, tool, input, context(key));
    }

    /** The answer of a tool that the adapter must have registered. */
    @SuppressWarnings("unchecked")
    public static <I extends Record, R extends Record> ToolResult<R> call(
            EhrAdapter adapter, CanonicalTool<I, ?> tool, I input, CallContext context) {
        var handlers = adapter.handlers();
        assertThat(handlers.names()).contains(tool.name());
        return (ToolResult<R>) handlers.call(tool, input, context);
    }

    static <I extends Record, O extends Record> O done(
            EhrAdapter adapter, CanonicalTool<I, O> tool, I input, String key) {
        return ok(Handlers.<I, O>call(adapter, tool, input, key)).value();
    }

    static <O extends Record> ToolResult.Ok<O> ok(ToolResult<O> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<O>) result;
    }

    static <I extends Record, O extends Record> Optional<O> reconcile(
            EhrAdapter adapter, CanonicalTool<I, O> tool, I input, String key) {
        return reconcile(adapter, tool, input, context(key));
    }

    /** What became of the write whose key the context has. */
    public static <I extends Record, O extends Record> Optional<O> reconcile(
            EhrAdapter adapter, CanonicalTool<I, O> tool, I input, CallContext context) {
        return writer(adapter, tool).reconcile(input, context.writeKey(), context);
    }

    static <I extends Record, O extends Record> Optional<String> version(
            EhrAdapter adapter, CanonicalTool<I, O> tool, I input) {
        return writer(adapter, tool).currentVersion(input, context("unused"));
    }

    static CallContext context(String key) {
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        return new CallContext("call-1", new Caller("test", Set.of()), deadline, null, key);
    }

    @SuppressWarnings("unchecked")
    private static <I extends Record, O extends Record> WriteHandler<I, O> writer(
            EhrAdapter adapter, CanonicalTool<I, O> tool) {
        return (WriteHandler<I, O>)
                adapter.handlers().find(tool.name()).orElseThrow().handler();
    }
}

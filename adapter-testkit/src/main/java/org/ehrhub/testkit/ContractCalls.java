package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** Calls of one adapter's handlers, as the hub makes them. */
final class ContractCalls {
    private static final Caller CALLER = new Caller("contract", Set.of("contract"));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int MOST_PAGES = 200;

    private final ContractEhr ehr;

    ContractCalls(ContractEhr ehr) {
        this.ehr = ehr;
    }

    /** Skips the test when the adapter does not register the tool. */
    void need(CanonicalTool<?, ?> tool) {
        assumeTrue(ehr.adapter().handlers().find(tool.name()).isPresent(), () -> tool.name() + " is not registered");
    }

    <I extends Record, O extends Record> ToolResult<O> read(CanonicalTool.Read<I, O> tool, I input) {
        return attempt(this.<I, O>handler(tool), input, context(LONG));
    }

    <I extends Record, O extends Record> ToolResult<O> read(CanonicalTool.Read<I, O> tool, I input, Duration limit) {
        return attempt(this.<I, O>handler(tool), input, context(limit));
    }

    <I extends Record & ListInput, O extends Record> Page<O> page(
            CanonicalTool.Listing<I, O> tool, I input, @Nullable String cursor) {
        return ok(list(tool, input, cursor));
    }

    <I extends Record & ListInput, O extends Record> ToolResult<Page<O>> list(
            CanonicalTool.Listing<I, O> tool, I input, @Nullable String cursor) {
        return attempt(this.<I, Page<O>>handler(tool), input, context(LONG).at(cursor));
    }

    /** All rows, page after page; {@code with} makes the input of a limit. */
    <I extends Record & ListInput, O extends Record> List<O> all(
            CanonicalTool.Listing<I, O> tool, I input, int limit, BiFunction<I, Integer, I> with) {
        var rows = new ArrayList<O>();
        @Nullable String cursor = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var page = page(tool, with.apply(input, limit), cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            rows.addAll(page.items());
            cursor = page.nextOrNull();
            if (cursor == null) {
                return rows;
            }
        }
        throw new AssertionError("The list does not end");
    }

    <I extends Record & WriteInput, O extends Record> ToolResult<O> write(
            CanonicalTool.Write<I, O> tool, I input, String key) {
        return attempt(writer(tool), input, context(LONG).writing(key));
    }

    @SuppressWarnings("unchecked")
    <I extends Record & WriteInput, O extends Record> WriteHandler<I, O> writer(CanonicalTool.Write<I, O> tool) {
        return (WriteHandler<I, O>) this.<I, O>handler(tool);
    }

    CallContext context(Duration limit) {
        return new CallContext("contract-call", CALLER, Instant.now().plus(limit));
    }

    CallContext context() {
        return context(LONG);
    }

    static String newKey() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static <O extends Record> O ok(ToolResult<O> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<O>) result).value();
    }

    static @Nullable ErrorCode code(ToolResult<?> result) {
        return result instanceof ToolResult.Failed<?> failed ? failed.code() : null;
    }

    private static <I extends Record, O extends Record> ToolResult<O> attempt(
            ToolHandler<I, O> handler, I input, CallContext call) {
        try {
            return handler.handle(input, call);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    @SuppressWarnings("unchecked")
    private <I extends Record, O extends Record> ToolHandler<I, O> handler(CanonicalTool<?, ?> tool) {
        return (ToolHandler<I, O>)
                ehr.adapter().handlers().find(tool.name()).orElseThrow().handler();
    }
}

package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.testkit.faults.Marker;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** Calls of one adapter, as the hub makes them. */
final class ContractCalls {
    static final Duration LONG = Duration.ofSeconds(20);

    private static final Caller CALLER = new Caller("contract", Set.of("contract"));
    private static final int MOST_PAGES = 400;

    private final ContractEhr ehr;

    ContractCalls(ContractEhr ehr) {
        this.ehr = ehr;
    }

    static CallContext within(Duration limit) {
        return new CallContext("contract-call", CALLER, Instant.now().plus(limit));
    }

    static String newKey() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    ToolResult<?> read(CanonicalTool<?, ?> tool, Record input) {
        return call(tool, input, within(LONG));
    }

    ToolResult<?> write(CanonicalTool<?, ?> tool, Record input, String key) {
        return call(tool, input, within(LONG).writing(key));
    }

    /** A call; a failure's words are held to be the hub's own, and an exception is a broken promise. */
    ToolResult<?> call(CanonicalTool<?, ?> tool, Record input, CallContext context) {
        try {
            var result = ehr.adapter().handlers().call(tool, input, context);
            if (result instanceof ToolResult.Failed<?> failed) {
                assertThat(failed.message() + failed.hint())
                        .as("words of a failure")
                        .doesNotContain(Marker.FAMILY);
            }
            assertThat(code(result)).isNotEqualTo(ErrorCode.INTERNAL);
            return result;
        } catch (RuntimeException e) {
            throw new AssertionError(tool.name() + " throws, which the hub answers as INTERNAL", e);
        }
    }

    /** What a call that must succeed answers with, of the tool's type and from this EHR. */
    Record ok(CanonicalTool<?, ?> tool, ToolResult<?> result) {
        assertThat(result).as(tool.name()).isInstanceOf(ToolResult.Ok.class);
        var ok = (ToolResult.Ok<?>) result;
        assertThat(ok.from().ehr()).isEqualTo(ehr.name());
        if (tool instanceof CanonicalTool.Listing<?, ?>) {
            assertThat(ok.value()).isInstanceOf(Page.class);
            assertThat(((Page<?>) ok.value()).items())
                    .allSatisfy(row -> assertThat(row).isInstanceOf(tool.output()));
        } else {
            assertThat(ok.value()).isInstanceOf(tool.output());
        }
        return ok.value();
    }

    Record got(CanonicalTool<?, ?> tool, Record input) {
        return ok(tool, read(tool, input));
    }

    Page<?> page(CanonicalTool<?, ?> tool, Record input, @Nullable String cursor) {
        return (Page<?>) ok(tool, call(tool, input, within(LONG).at(cursor)));
    }

    /** All rows, page after page of at most this many. */
    List<Record> all(CanonicalTool<?, ?> tool, Record input, int limit) {
        var asked = Inputs.with(input, "limit", limit);
        var rows = new ArrayList<Record>();
        @Nullable String cursor = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var page = page(tool, asked, cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            rows.addAll(page.items());
            cursor = page.nextOrNull();
            if (cursor == null) {
                return rows;
            }
        }
        throw new AssertionError("The list of " + tool.name() + " does not end");
    }

    List<Record> all(CanonicalTool<?, ?> tool, Record input) {
        return all(tool, input, 100);
    }

    /** What an earlier try did, found without writing; empty as well where the adapter says that it cannot tell. */
    Optional<Record> reconcile(CanonicalTool<?, ?> tool, Record input, String key) {
        var before = ehr.writes().size();
        try {
            return writer(tool).reconcile(input, key, within(LONG));
        } catch (EhrFailure e) {
            assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL);
            assertThat(e.getMessage()).doesNotContain(Marker.FAMILY);
            return Optional.empty();
        } finally {
            assertThat(ehr.writes()).as("a reconcile is a search").hasSize(before);
        }
    }

    Optional<String> currentVersion(CanonicalTool<?, ?> tool, Record input) {
        var before = ehr.writes().size();
        var version = writer(tool).currentVersion(input, within(LONG));
        assertThat(ehr.writes()).as("a look at the version is a read").hasSize(before);
        return version;
    }

    static @Nullable ErrorCode code(ToolResult<?> result) {
        return result instanceof ToolResult.Failed<?> failed ? failed.code() : null;
    }

    @SuppressWarnings("unchecked") // a write is registered only with the tool whose input it takes
    private WriteHandler<Record, Record> writer(CanonicalTool<?, ?> tool) {
        return (WriteHandler<Record, Record>)
                ehr.adapter().handlers().find(tool.name()).orElseThrow().handler();
    }
}

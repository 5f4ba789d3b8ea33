package org.ehrhub.fhir.charts;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;

/** The sections of one summary, read at the same time, and what became of those that could not be read or not be shown whole. */
final class SummarySections {
    private final ExecutorService tasks;
    private final InstantSource clock;
    private final CallContext call;
    private final List<String> more = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    SummarySections(ExecutorService tasks, InstantSource clock, CallContext call) {
        this.tasks = tasks;
        this.clock = clock;
        this.call = call;
    }

    /** A section that is being read. */
    record Section<O extends Record>(String name, String tool, Future<ToolResult<Page<O>>> reading) {}

    <O extends Record> Section<O> begin(
            String name, CanonicalTool.Listing<?, O> tool, Callable<ToolResult<Page<O>>> reading) {
        return new Section<>(name, tool.name(), tasks.submit(reading));
    }

    /** The rows of a section, none where it is missing. */
    <O extends Record> List<O> rows(Section<O> section) {
        try {
            return switch (waitedFor(section.reading())) {
                case ToolResult.Ok<Page<O>>(var page, var from, var said) -> shown(section, page);
                case ToolResult.Failed<Page<O>> failed -> lacking(section, failed.code());
                case ToolResult.Pending<Page<O>> pending -> lacking(section, ErrorCode.EHR_UNAVAILABLE);
            };
        } catch (EhrFailure e) {
            return lacking(section, e.code());
        }
    }

    /**
     * What a task comes to.
     *
     * @throws EhrFailure the task's own, or {@code EHR_UNAVAILABLE} when it takes too long
     */
    <T> T waitedFor(Future<T> task) {
        try {
            return task.get(call.remaining(clock).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late();
        }
    }

    List<String> more() {
        return more;
    }

    List<String> missing() {
        return missing;
    }

    List<String> warnings() {
        return warnings;
    }

    private <O extends Record> List<O> shown(Section<O> section, Page<O> page) {
        if (!page.complete()) {
            more.add(section.name() + ": " + section.tool());
        }
        page.warnings().forEach(warning -> warnings.add(section.name() + ": " + warning));
        return page.items();
    }

    private <O extends Record> List<O> lacking(Section<O> section, ErrorCode code) {
        missing.add(section.name() + " (" + code + ")" + (code.retryable() ? ": try " + section.tool() : ""));
        return List.of();
    }

    private static EhrFailure late() {
        return new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR did not answer in time.", "Try again later.");
    }
}

package org.ehrhub.routes.steps;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.EhrCall;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;

/**
 * Asks each EHR of a call, all at once, inside the time limit: one that hangs or fails never delays or spoils another's
 * answer. A read that could not reach its EHR is tried once more; a write never.
 */
public final class CallEhrs implements CallStep, AutoCloseable {
    private final EhrCall ehrCall;
    private final EhrLimits limits;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("ehr-call-", 0).factory());

    /** Calls through {@code ehr:} within limits. */
    public CallEhrs(EhrCall ehrCall, EhrLimits limits, InstantSource clock) {
        this.ehrCall = ehrCall;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void apply(ToolCall call) {
        if (call.settled()) {
            return;
        }
        var running = new LinkedHashMap<String, Future<ToolResult<?>>>();
        call.ehrs().forEach(ehr -> running.put(ehr, threads.submit(() -> ask(ehr, call))));
        running.forEach((ehr, future) -> call.results().put(ehr, await(ehr, future, call)));
    }

    private ToolResult<?> ask(String ehr, ToolCall call) {
        var first = attempt(ehr, call);
        var again = call.tool().risk() == Risk.READ
                && first instanceof ToolResult.Failed<?> failed
                && failed.code() == ErrorCode.EHR_UNAVAILABLE
                && hasTime(call);
        return again ? attempt(ehr, call) : first;
    }

    private ToolResult<?> attempt(String ehr, ToolCall call) {
        var place = call.positions().get(ehr);
        var context = place == null ? call.context() : call.context().at(place.cursor());
        return limits.run(ehr, () -> ehrCall.send(ehr, call.tool(), call.input(), context));
    }

    private boolean hasTime(ToolCall call) {
        return !Thread.currentThread().isInterrupted()
                && call.context().remaining(clock).compareTo(Duration.ofSeconds(1)) > 0;
    }

    private ToolResult<?> await(String ehr, Future<ToolResult<?>> future, ToolCall call) {
        try {
            return future.get(call.context().remaining(clock).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            return late(ehr, call);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return late(ehr, call);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The ehr: component answers every failure as a result", e.getCause());
        }
    }

    private static ToolResult<?> late(String ehr, ToolCall call) {
        return call.tool().risk() == Risk.READ
                ? ToolResult.failed(
                        ErrorCode.EHR_UNAVAILABLE,
                        "`" + ehr + "` did not answer in time",
                        "Try again later, or narrow the call; ehr.list shows which EHRs answer.")
                : ToolResult.failed(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "`" + ehr + "` did not answer in time, so whether it did the write is not known",
                        "Look in the EHR before you write again; or call again with the same idempotencyKey.");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

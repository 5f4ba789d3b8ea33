package org.ehrhub.routes.steps;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.Correlated;
import org.ehrhub.routes.EhrCall;
import org.ehrhub.routes.Faults;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;

/**
 * Asks each EHR of a call, all at once, inside the time limit: one that hangs or fails never delays or spoils another's
 * answer. A read that could not reach its EHR is tried once more; a write never. A write is given three quarters of the
 * time, so that there is some left to look what became of it.
 */
public final class CallEhrs implements CallStep, AutoCloseable {
    private static final Duration WORTH_A_RETRY = Duration.ofSeconds(1);
    private static final int LOOK_SHARE = 4;

    private final EhrCall ehrCall;
    private final EhrLimits limits;
    private final InstantSource clock;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Calls through {@code ehr:} within limits. */
    public CallEhrs(EhrCall ehrCall, EhrLimits limits, InstantSource clock) {
        this.ehrCall = ehrCall;
        this.limits = limits;
        this.clock = clock;
    }

    private record Asked(String ehr, CallContext context, Thread thread, CompletableFuture<ToolResult<?>> answer) {}

    @Override
    public void apply(ToolCall call) {
        if (call.settled()) {
            return;
        }
        if (call.context().remaining(clock).isZero() || call.interrupted()) {
            call.ehrs().forEach(ehr -> call.results().put(ehr, tooLate(ehr)));
            return;
        }
        call.sent(true);
        var asked = new LinkedHashMap<String, Asked>();
        call.ehrs().forEach(ehr -> asked.put(ehr, start(ehr, call)));
        asked.forEach((ehr, one) -> call.results().put(ehr, await(one, call)));
    }

    private Asked start(String ehr, ToolCall call) {
        var context = context(ehr, call);
        var answer = new CompletableFuture<ToolResult<?>>();
        var thread = Thread.ofVirtual().name("ehr-call " + ehr).unstarted(() -> {
            try {
                answer.completeAsync(() -> Correlated.with(context, () -> ask(ehr, call, context)), Runnable::run);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return new Asked(ehr, context, thread, answer);
    }

    private CallContext context(String ehr, ToolCall call) {
        var whole = call.context();
        var place = call.positions().get(ehr);
        if (call.tool().risk() == Risk.READ) {
            return place == null ? whole : whole.at(place.cursor());
        }
        var deadline = whole.deadline().minus(whole.remaining(clock).dividedBy(LOOK_SHARE));
        return whole.until(deadline);
    }

    private ToolResult<?> ask(String ehr, ToolCall call, CallContext context) {
        if (!ehrCall.asksEhr(call.tool())) {
            return ehrCall.send(ehr, call, context);
        }
        if (call.tool().risk() != Risk.READ) {
            return attempt(ehr, call, context);
        }
        limits.reads(ehr);
        var first = attempt(ehr, call, context);
        var again = first instanceof ToolResult.Failed<?> failed
                && failed.code() == ErrorCode.EHR_UNAVAILABLE
                && hasTime(context)
                && limits.mayRepeat(ehr);
        return again ? attempt(ehr, call, context) : first;
    }

    private ToolResult<?> attempt(String ehr, ToolCall call, CallContext context) {
        return limits.run(ehr, context.caller().principal(), () -> send(ehr, call, context));
    }

    /** A failure after the deadline, whatever it calls itself, comes of the interrupt and tells of a slow EHR. */
    private ToolResult<?> send(String ehr, ToolCall call, CallContext context) {
        var result = ehrCall.send(ehr, call, context);
        return result instanceof ToolResult.Failed<?>
                        && context.remaining(clock).isZero()
                ? late(ehr, call)
                : result;
    }

    private boolean hasTime(CallContext context) {
        return !Thread.currentThread().isInterrupted()
                && context.remaining(clock).compareTo(WORTH_A_RETRY) > 0;
    }

    private ToolResult<?> await(Asked asked, ToolCall call) {
        var left = call.interrupted() ? Duration.ZERO : asked.context().remaining(clock);
        try {
            return asked.answer().get(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return giveUp(asked, call);
        } catch (InterruptedException e) {
            call.interrupted(true);
            return giveUp(asked, call);
        } catch (ExecutionException e) {
            return Faults.failure(call.context(), call.tool().risk() != Risk.READ, e.getCause());
        }
    }

    private static ToolResult<?> giveUp(Asked asked, ToolCall call) {
        asked.thread().interrupt();
        call.unfinished(asked.answer());
        return late(asked.ehr(), call);
    }

    private static ToolResult<?> tooLate(String ehr) {
        return ToolResult.failed(
                ErrorCode.EHR_UNAVAILABLE,
                "The call was over before `" + ehr + "` could be asked, so nothing was sent",
                "Try again later.");
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

    /** Interrupts what is under way. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}

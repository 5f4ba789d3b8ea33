package org.ehrhub.routes.steps;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.routes.Correlated;
import org.ehrhub.routes.Faults;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ToolResult;

/** What the hub itself asks an EHR on the way of a call: within the EHR's limits and what is left of the call's time. */
public final class EhrQuestions {
    private final EhrLimits limits;
    private final InstantSource clock;

    /** Questions within these limits. */
    public EhrQuestions(EhrLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** The answer; empty when there was none in time. */
    Optional<ToolResult<?>> ask(ToolCall call, String ehr, Supplier<ToolResult<?>> question) {
        var left = call.context().remaining(clock);
        if (left.isZero() || call.interrupted()) {
            return Optional.empty();
        }
        var task = new FutureTask<ToolResult<?>>(() -> Correlated.with(
                call.context(), () -> limits.run(ehr, call.context().caller().principal(), () -> told(question))));
        var thread = Thread.ofVirtual().name("ehr-question " + ehr).start(task);
        try {
            return Optional.of(task.get(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            thread.interrupt();
            return Optional.empty();
        } catch (InterruptedException e) {
            thread.interrupt();
            call.interrupted(true);
            return Optional.empty();
        } catch (ExecutionException e) {
            Faults.log(call.context(), e.getCause());
            return Optional.empty();
        }
    }

    private static ToolResult<?> told(Supplier<ToolResult<?>> question) {
        try {
            return question.get();
        } catch (EhrFailure e) {
            return e.result();
        }
    }
}

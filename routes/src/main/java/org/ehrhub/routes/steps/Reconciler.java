package org.ehrhub.routes.steps;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.adapters.ToolHandlers.Registration;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.Correlated;
import org.ehrhub.routes.Faults;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolResult;

/** Asks an EHR, within its limits, whether it holds what a write under a key would have made: a search, never a write. */
public final class Reconciler {
    /** The EHR was asked and shows no sign of the write. */
    private static final ToolResult.Failed<Record> ABSENT =
            ToolResult.failed(ErrorCode.NOT_FOUND, "The EHR shows no sign of the write", "");

    private final EhrRegistry registry;
    private final EhrLimits limits;
    private final InstantSource clock;

    /** Looks in these EHRs. */
    public Reconciler(EhrRegistry registry, EhrLimits limits, InstantSource clock) {
        this.registry = registry;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What the EHR holds under the call's write key.
     *
     * @return empty when the EHR was asked and shows no sign of the write
     * @throws CallRefused with {@code OUTCOME_UNKNOWN} when the EHR could not be asked
     */
    @SuppressWarnings("unchecked") // what an adapter answers with is a record
    public Optional<ToolResult.Ok<Record>> lookUp(ToolCall call, String ehr) {
        return switch (answer(call, ehr)) {
            case ToolResult.Ok<?> found -> Optional.of((ToolResult.Ok<Record>) found);
            case ToolResult.Failed<?> failed when ABSENT.equals(failed) -> Optional.empty();
            default -> throw unknown(ehr);
        };
    }

    /** Whether the EHR keeps the hub's key with what is written, so that a look-up can find it. */
    public boolean canLookUp(ToolCall call, String ehr) {
        return registration(call, ehr)
                .filter(registration -> registration.features().contains(Feature.WRITE_KEY_STORED))
                .isPresent();
    }

    private ToolResult<?> answer(ToolCall call, String ehr) {
        var left = call.context().remaining(clock);
        if (left.isZero() || call.interrupted()) {
            throw unknown(ehr);
        }
        var task = new FutureTask<ToolResult<?>>(() -> Correlated.with(
                call.context(), () -> limits.run(ehr, call.context().caller().principal(), () -> ask(call, ehr))));
        var thread = Thread.ofVirtual().name("reconcile " + ehr).start(task);
        try {
            return task.get(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw unknown(ehr);
        } catch (InterruptedException e) {
            thread.interrupt();
            call.interrupted(true);
            throw unknown(ehr);
        } catch (ExecutionException e) {
            Faults.log(call.context(), e.getCause());
            throw unknown(ehr);
        }
    }

    private ToolResult<?> ask(ToolCall call, String ehr) {
        try {
            return registration(call, ehr)
                    .flatMap(registration -> ask(registration.handler(), call))
                    .<ToolResult<?>>map(found -> new ToolResult.Ok<>(found, new Provenance(ehr, clock.instant(), null)))
                    .orElse(ABSENT);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    private Optional<Registration> registration(ToolCall call, String ehr) {
        return registry.find(ehr)
                .flatMap(entry -> entry.handlers().find(call.tool().name()));
    }

    @SuppressWarnings("unchecked") // ToolHandlers registers a handler only with the tool whose input it takes
    private static Optional<Record> ask(ToolHandler<?, ?> handler, ToolCall call) {
        return handler instanceof WriteHandler<?, ?> write
                ? ((WriteHandler<Record, Record>) write)
                        .reconcile(call.input(), call.context().writeKey(), call.context())
                : Optional.empty();
    }

    private static CallRefused unknown(String ehr) {
        return new CallRefused(
                ErrorCode.OUTCOME_UNKNOWN,
                "Whether `" + ehr + "` did this write is not known, and it could not be asked just now",
                "Do not repeat the write under another key. Call again later with the same idempotencyKey.");
    }
}

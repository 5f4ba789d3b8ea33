package org.ehrhub.routes.steps;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandlers.Registration;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolResult;

/** Asks an EHR whether it holds what a write under a key would have made: a search, never a write. */
public final class Reconciler {
    private final EhrRegistry registry;
    private final InstantSource clock;

    /** Looks in these EHRs. */
    public Reconciler(EhrRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * What the EHR holds under the call's write key.
     *
     * @return empty when the EHR was asked and shows no sign of the write
     * @throws CallRefused with {@code OUTCOME_UNKNOWN} when the EHR could not be asked
     */
    public Optional<ToolResult.Ok<Record>> lookUp(ToolCall call, String ehr) {
        var handler = registry.find(ehr)
                .flatMap(entry -> entry.handlers().find(call.tool().name()))
                .map(Registration::handler);
        var task = new FutureTask<>(() -> handler.flatMap(h -> ask(h, call)));
        var thread = Thread.ofVirtual().name("reconcile").start(task);
        try {
            return task.get(call.context().remaining(clock).toMillis(), TimeUnit.MILLISECONDS)
                    .map(found -> new ToolResult.Ok<>(found, new Provenance(ehr, clock.instant(), null)));
        } catch (ExecutionException | TimeoutException e) {
            thread.interrupt();
            throw unknown(ehr);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw unknown(ehr);
        }
    }

    /** Whether the EHR keeps the hub's key with what is written, so that a look-up can find it. */
    public boolean canLookUp(ToolCall call, String ehr) {
        return registry.find(ehr)
                .flatMap(entry -> entry.handlers().find(call.tool().name()))
                .filter(registration -> registration.features().contains(Feature.WRITE_KEY_STORED))
                .isPresent();
    }

    private static CallRefused unknown(String ehr) {
        return new CallRefused(
                ErrorCode.OUTCOME_UNKNOWN,
                "Whether `" + ehr + "` did this write is not known, and it could not be asked just now",
                "Do not repeat the write under another key. Call again later with the same idempotencyKey.");
    }

    @SuppressWarnings("unchecked") // ToolHandlers registers a handler only with the tool whose input it takes
    private static Optional<Record> ask(Object handler, ToolCall call) {
        return handler instanceof WriteHandler<?, ?> write
                ? ((WriteHandler<Record, Record>) write)
                        .reconcile(call.input(), call.context().writeKey(), call.context())
                : Optional.empty();
    }
}

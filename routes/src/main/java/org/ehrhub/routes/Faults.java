package org.ehrhub.routes;

import org.ehrhub.adapters.LogKey;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs faults of the hub so that they can be found by the call's id, without anything that a chart could hold. */
public final class Faults {
    private static final String HINT =
            "It is a fault of the hub, not of the call; whoever runs it finds it in the log by the call id.";

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int FRAMES = 6;
    private static final int CAUSES = 8;

    private Faults() {}

    /**
     * Logs a fault, and what the caller is told of it.
     *
     * @param mayHaveWritten whether a write had been sent: then the caller must not take the failure for a refusal
     */
    public static <O extends Record> ToolResult.Failed<O> failure(
            @Nullable CallContext call, boolean mayHaveWritten, @Nullable Throwable fault) {
        log(call, fault);
        return mayHaveWritten
                ? ToolResult.failed(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The write was sent, but the hub met a fault before it could say what became of it",
                        "Look in the EHR before you write again; or call again with the same idempotencyKey.")
                : ToolResult.failed(ErrorCode.INTERNAL, "The hub met a fault", HINT);
    }

    /** An exception's message may quote what it choked on, so only its types and places are logged. */
    public static void log(@Nullable CallContext call, @Nullable Throwable fault) {
        var text = new StringBuilder();
        var cause = fault;
        for (var depth = 0; cause != null && depth < CAUSES; depth++, cause = cause.getCause()) {
            text.append(' ').append(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (var i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append(" at ").append(frames[i]);
            }
        }
        var line =
                LOG.atError().addKeyValue(LogKey.FAULT.word(), text.toString().strip());
        if (call != null) {
            line = line.addKeyValue(LogKey.CALL.word(), call.callId())
                    .addKeyValue(LogKey.TRACE.word(), call.trace().traceId());
        }
        line.log("A call met a fault of the hub");
    }
}

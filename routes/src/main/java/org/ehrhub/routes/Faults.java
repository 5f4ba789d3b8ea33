package org.ehrhub.routes;

import org.ehrhub.tools.CallContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs faults of the hub so that they can be found by the call's id, without anything that a chart could hold. */
final class Faults {
    static final String HINT =
            "It is a fault of the hub, not of the call; whoever runs it finds it in the log by the call id.";

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int FRAMES = 6;

    private Faults() {}

    /** An exception's message may quote what it choked on, so only its types and places are logged. */
    static void log(@Nullable CallContext call, @Nullable Throwable fault) {
        var text = new StringBuilder();
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            text.append(' ').append(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (var i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append(" at ").append(frames[i]);
            }
        }
        LOG.error("Call {} met a fault of the hub:{}", call == null ? "?" : call.callId(), text);
    }
}

package org.ehrhub.routes;

import java.util.function.Supplier;
import org.ehrhub.adapters.LogKey;
import org.ehrhub.tools.CallContext;
import org.slf4j.MDC;

/** Work for a call on some thread: whatever is logged meanwhile, by whomever, bears the call's id and its trace. */
public final class Correlated {
    private Correlated() {}

    /** Does it. */
    public static <T> T with(CallContext call, Supplier<T> work) {
        var before = MDC.getCopyOfContextMap();
        MDC.put(LogKey.CALL.word(), call.callId());
        MDC.put(LogKey.TRACE.word(), call.trace().traceId());
        try {
            return work.get();
        } finally {
            if (before == null) {
                MDC.clear();
            } else {
                MDC.setContextMap(before);
            }
        }
    }
}

package org.ehrhub.adapters;

import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;

/**
 * Does one tool on one EHR. Called on a virtual thread, by many at once; may block until the call's deadline and is
 * interrupted after it. Says what went wrong by a {@link ToolResult.Failed} or an {@link EhrFailure}; anything else thrown
 * is answered as a fault of the hub.
 */
@FunctionalInterface
public interface ToolHandler<I extends Record, O extends Record> {
    /** Does it. Every argument is honoured, or refused as invalid or unsupported; none is dropped. */
    ToolResult<O> handle(I input, CallContext call);
}

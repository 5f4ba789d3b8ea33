package org.ehrhub.adapters;

import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/** A failure that an adapter has understood; carries the typed result and, in it, only words of the hub. */
public final class EhrFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String hint;

    /** A failure without a technical cause. */
    public EhrFailure(ErrorCode code, String message, String hint) {
        super(message);
        this.code = code;
        this.hint = hint;
    }

    /** The kind of failure. */
    public ErrorCode code() {
        return code;
    }

    /** The failure as a result. */
    public <O extends Record> ToolResult.Failed<O> result() {
        return new ToolResult.Failed<>(code, String.valueOf(getMessage()), hint);
    }
}

package org.ehrhub.routes;

import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/** A step's refusal to let a call go on, in the hub's words. */
public final class CallRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String hint;

    /** A refusal. */
    public CallRefused(ErrorCode code, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
    }

    /** The refusal as a result. */
    public <O extends Record> ToolResult.Failed<O> result() {
        return new ToolResult.Failed<>(code, String.valueOf(getMessage()), hint);
    }
}

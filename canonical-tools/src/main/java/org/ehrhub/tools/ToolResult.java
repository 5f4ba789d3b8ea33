package org.ehrhub.tools;

/**
 * What came of a call: done, sent and not yet answered, or failed with a typed error.
 *
 * @param <O> what the tool answers with
 */
public sealed interface ToolResult<O extends Record> {

    /** It was done. */
    record Ok<O extends Record>(O value, Provenance from) implements ToolResult<O> {}

    /**
     * It was sent and the EHR answers later.
     *
     * @param reference what to ask for later, in the tool's words
     */
    record Pending<O extends Record>(String reference) implements ToolResult<O> {}

    /**
     * It failed.
     *
     * @param code the kind of failure
     * @param message what happened, in the hub's words; never text of the EHR or of the patient
     * @param hint what the caller can do next
     */
    record Failed<O extends Record>(ErrorCode code, String message, String hint) implements ToolResult<O> {
        /** The same failure as another tool's result. */
        public <T extends Record> Failed<T> as() {
            return new Failed<>(code, message, hint);
        }
    }

    /** A failure. */
    static <O extends Record> Failed<O> failed(ErrorCode code, String message, String hint) {
        return new Failed<>(code, message, hint);
    }
}

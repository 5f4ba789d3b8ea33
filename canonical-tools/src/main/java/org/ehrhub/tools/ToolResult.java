package org.ehrhub.tools;

import java.util.List;

/**
 * What came of a call: done, sent and not yet answered, or failed with a typed error.
 *
 * @param <O> what the tool answers with
 */
public sealed interface ToolResult<O extends Record> {

    /**
     * It was done.
     *
     * @param value what the tool answers with
     * @param from where it comes from
     * @param warnings what the caller must know before relying on it, in the hub's words: a part of the request that was
     *     not done, a record that answers under another id; what concerns the rows of a list stands in its {@link Page}
     */
    record Ok<O extends Record>(O value, Provenance from, List<String> warnings) implements ToolResult<O> {
        /** Takes a copy of the warnings. */
        public Ok {
            warnings = List.copyOf(warnings);
        }

        /** It was done and there is nothing to warn of. */
        public Ok(O value, Provenance from) {
            this(value, from, List.of());
        }
    }

    /**
     * It was sent and the EHR answers later. Only of a write; a read that is not answered in time has failed.
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
    record Failed<O extends Record>(ErrorCode code, String message, String hint) implements ToolResult<O> {}

    /** A failure. */
    static <O extends Record> Failed<O> failed(ErrorCode code, String message, String hint) {
        return new Failed<>(code, message, hint);
    }

    /** There is no such record. Said in the same words of one that exists and that the caller is not to know of. */
    static <O extends Record> Failed<O> notFound() {
        return failed(ErrorCode.NOT_FOUND, "The EHR holds no such record.", "Search for it again in this EHR.");
    }
}

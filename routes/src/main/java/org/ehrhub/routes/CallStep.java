package org.ehrhub.routes;

/** One step of a call. */
@FunctionalInterface
public interface CallStep {
    /**
     * Takes the call a step further.
     *
     * @throws CallRefused when the call ends here
     */
    void apply(ToolCall call);
}

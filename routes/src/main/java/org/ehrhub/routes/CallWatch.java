package org.ehrhub.routes;

import java.time.Duration;
import java.util.Map;
import org.ehrhub.tools.TraceContext;

/** Is told of every call once it has its answer, for metrics and traces: of tools, EHRs and codes, never of who or about whom. */
@FunctionalInterface
public interface CallWatch {
    /** Nobody watches. */
    CallWatch NONE = call -> {};

    /** A call has its answer. Told on the call's thread, which waits. */
    void ended(Ended call);

    /**
     * A call that has its answer.
     *
     * @param tool what was called
     * @param outcomes of each EHR {@code ok}, {@code pending} or the code of its failure; under the empty name, of a call that
     *     ended before any was asked
     * @param took how long it took
     * @param trace where it stands in its trace
     */
    record Ended(String tool, Map<String, String> outcomes, Duration took, TraceContext trace) {
        /** Takes a copy. */
        public Ended {
            outcomes = Map.copyOf(outcomes);
        }
    }
}

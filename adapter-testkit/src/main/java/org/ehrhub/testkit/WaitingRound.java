package org.ehrhub.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolResult;

/**
 * Calls of many tools that wait for the EHR together.
 *
 * @param outcomes what came of each tool's call
 * @param untried the tools that could not be called, with why
 * @param written the requests of all of them that may change something
 */
record WaitingRound(
        Map<CanonicalTool<?, ?>, Outcome> outcomes,
        Map<CanonicalTool<?, ?>, AssertionError> untried,
        List<String> written) {

    /** What came of one call. */
    record Outcome(Record input, String key, ToolResult<?> result, Duration took) {}

    /** Calls each tool while the EHR misbehaves; interrupts, as the hub does, what has not ended at the deadline. */
    static WaitingRound of(Bench bench, List<CanonicalTool<?, ?>> tools, Fault fault, Fault.On on, Duration limit)
            throws InterruptedException {
        var inputs = new LinkedHashMap<CanonicalTool<?, ?>, Record>();
        var untried = new HashMap<CanonicalTool<?, ?>, AssertionError>();
        tools.forEach(tool -> {
            try {
                inputs.put(tool, bench.samples().of(tool));
            } catch (AssertionError e) {
                untried.put(tool, e);
            }
        });
        var before = bench.ehr().writes().size();
        bench.ehr().fault(fault, on);
        var outcomes = new ConcurrentHashMap<CanonicalTool<?, ?>, Outcome>();
        var deadline = Instant.now().plus(limit);
        var calling = new ArrayList<Thread>();
        inputs.forEach((tool, input) ->
                calling.add(Thread.ofVirtual().start(() -> outcomes.put(tool, outcome(bench, tool, input, limit)))));
        for (var one : calling) {
            if (!one.join(Duration.between(Instant.now(), deadline.plus(limit)))) {
                one.interrupt();
            }
        }
        for (var one : calling) {
            one.join(limit);
        }
        var all = bench.ehr().writes();
        bench.ehr().recover();
        return new WaitingRound(outcomes, untried, all.subList(before, all.size()));
    }

    private static Outcome outcome(Bench bench, CanonicalTool<?, ?> tool, Record input, Duration limit) {
        var key = ContractCalls.newKey();
        var started = Instant.now();
        var result = bench.calls().call(tool, input, ContractCalls.within(limit).writing(key));
        return new Outcome(input, key, result, Duration.between(started, Instant.now()));
    }
}

package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.adapters.Health;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.testkit.faults.Fault.On;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ToolResult;

/** Whatever an EHR does wrong with a write, it is sent once, and what is not known is not claimed. */
record WriteFaultPromises(Bench bench) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** The EHR did it and does not say so. */
    private static final Set<Fault> DONE = EnumSet.of(Fault.DROPS_CONNECTIONS, Fault.CUTS_OFF);

    /** The EHR may have done it, as far as can be seen. */
    private static final Set<Fault> UNCLEAR =
            EnumSet.of(Fault.DOWN, Fault.FAILS, Fault.ANSWERS_HTML, Fault.ANSWERS_OUTCOME, Fault.REDIRECTS, Fault.HUGE);

    /** The EHR says that it did not do it. */
    private static final Set<Fault> REFUSED = EnumSet.of(Fault.BUSY, Fault.BUSY_FOR_LONG, Fault.FORBIDS);

    Stream<Promise> all() {
        return bench.writes().flatMap(tool -> Stream.concat(unreachable(tool), faults(tool)));
    }

    private Stream<Promise> unreachable(CanonicalTool<?, ?> tool) {
        return bench.ehr().faults().contains(Fault.DOWN)
                ? Stream.of(new Promise(
                        tool.name() + " writes nothing while the EHR cannot be reached, and says so",
                        () -> isUnavailable(tool)))
                : Stream.empty();
    }

    private Stream<Promise> faults(CanonicalTool<?, ?> tool) {
        return Stream.of(DONE, UNCLEAR, REFUSED)
                .flatMap(Set::stream)
                .filter(bench.ehr().faults()::contains)
                .map(fault -> new Promise(
                        "%s is sent once when the EHR %s at the write".formatted(tool.name(), FaultWords.of(fault)),
                        () -> isSentOnce(tool, fault)));
    }

    private void isUnavailable(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        var key = ContractCalls.newKey();
        bench.ehr().fault(Fault.DOWN, On.EVERYTHING);
        // So that it knows: what is written into a connection that has just died may have arrived.
        assertThat(bench.ehr().adapter().probe(LIMIT)).isInstanceOf(Health.Down.class);

        var result = bench.calls().call(tool, input, ContractCalls.within(LIMIT).writing(key));

        assertThat(ContractCalls.code(result)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        bench.ehr().recover();
        assertThat(bench.calls().reconcile(tool, input, key)).isEmpty();
    }

    private void isSentOnce(CanonicalTool<?, ?> tool, Fault fault) {
        var steps = bench.steps(tool);
        var input = bench.samples().of(tool);
        var key = ContractCalls.newKey();
        var before = bench.ehr().writes().size();
        var strays = bench.ehr().strays();
        bench.ehr().fault(fault, On.WRITES);

        var result = bench.calls().call(tool, input, ContractCalls.within(LIMIT).writing(key));

        assertThat(bench.ehr().writes()).as("writes").hasSize(before + 1);
        assertThat(bench.ehr().strays()).as("requests to the other host").isEqualTo(strays);
        saysWhatItKnows(tool, result, fault);
        bench.ehr().recover();
        var found = bench.calls().reconcile(tool, input, key);
        if (!DONE.contains(fault)) {
            assertThat(found).as("what the EHR did not do").isEmpty();
        } else if (bench.has(tool, Feature.WRITE_KEY_STORED) && steps == 1) {
            assertThat(found).as("what the EHR did").isPresent();
        }
    }

    private void saysWhatItKnows(CanonicalTool<?, ?> tool, ToolResult<?> result, Fault fault) {
        if (DONE.contains(fault) && result instanceof ToolResult.Ok<?>) {
            bench.calls().ok(tool, result);
        } else if (REFUSED.contains(fault)) {
            assertThat(ContractCalls.code(result))
                    .isEqualTo(fault == Fault.FORBIDS ? ErrorCode.DENIED : ErrorCode.RATE_LIMITED);
        } else {
            assertThat(ContractCalls.code(result)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        }
    }
}

package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.testkit.faults.Fault.On;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.function.Executable;

/**
 * An EHR that is slow is waited for, one that hangs until the deadline and no longer. All tools wait at once, so that trying
 * them takes the time of one.
 */
final class WaitingPromises {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(1500);

    private final Bench bench;
    private final Map<On, Map<Fault, WaitingRound>> rounds =
            Map.of(On.EVERYTHING, new EnumMap<>(Fault.class), On.WRITES, new EnumMap<>(Fault.class));

    WaitingPromises(Bench bench) {
        this.bench = bench;
    }

    Stream<Promise> all() {
        return Stream.of(
                        bench.reads().map(tool -> promise(tool, Fault.SLOW, () -> waits(tool))),
                        bench.reads().map(tool -> promise(tool, Fault.HANGS, () -> givesUp(tool))),
                        bench.writes().map(tool -> promise(tool, Fault.HANGS, () -> knowsNothing(tool))),
                        bench.writes().map(tool -> promise(tool, Fault.LOSES_ANSWERS, () -> findsOut(tool))))
                .flatMap(each -> each)
                .flatMap(this::possible);
    }

    private record Trial(Fault fault, Promise promise) {}

    private static Trial promise(CanonicalTool<?, ?> tool, Fault fault, Executable trial) {
        return new Trial(
                fault, new Promise("%s, while the EHR %s".formatted(words(tool, fault), FaultWords.of(fault)), trial));
    }

    private static String words(CanonicalTool<?, ?> tool, Fault fault) {
        return tool.name()
                + switch (fault) {
                    case SLOW -> " waits";
                    case LOSES_ANSWERS -> " writes once, says that it cannot tell, and finds out";
                    default ->
                        tool instanceof CanonicalTool.Write<?, ?>
                                ? " writes once and says that it cannot tell"
                                : " gives up at the deadline";
                };
    }

    private Stream<Promise> possible(Trial trial) {
        return bench.ehr().faults().contains(trial.fault()) ? Stream.of(trial.promise()) : Stream.empty();
    }

    private void waits(CanonicalTool<?, ?> tool) throws InterruptedException {
        bench.calls().ok(tool, outcome(tool, Fault.SLOW, On.EVERYTHING).result());
    }

    private void givesUp(CanonicalTool<?, ?> tool) throws InterruptedException {
        var outcome = outcome(tool, Fault.HANGS, On.EVERYTHING);

        assertThat(ContractCalls.code(outcome.result())).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    private void knowsNothing(CanonicalTool<?, ?> tool) throws InterruptedException {
        var outcome = outcome(tool, Fault.HANGS, On.WRITES);

        assertThat(ContractCalls.code(outcome.result())).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(bench.calls().reconcile(tool, outcome.input(), outcome.key()))
                .as("what never reached the EHR")
                .isEmpty();
    }

    private void findsOut(CanonicalTool<?, ?> tool) throws InterruptedException {
        var outcome = outcome(tool, Fault.LOSES_ANSWERS, On.WRITES);
        var found = bench.calls().reconcile(tool, outcome.input(), outcome.key());

        if (outcome.result() instanceof ToolResult.Ok<?> ok) {
            Answers.agree(ok.value(), found.orElseThrow());
        } else {
            assertThat(ContractCalls.code(outcome.result())).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        }
        if (bench.has(tool, Feature.WRITE_KEY_STORED) && bench.steps(tool) == 1) {
            assertThat(found).as("what the EHR did").isPresent();
        }
    }

    private WaitingRound.Outcome outcome(CanonicalTool<?, ?> tool, Fault fault, On on) throws InterruptedException {
        var known = Objects.requireNonNull(rounds.get(on));
        if (!known.containsKey(fault)) {
            List<CanonicalTool<?, ?>> tools = (on == On.WRITES ? bench.writes() : bench.reads()).toList();
            known.put(fault, WaitingRound.of(bench, tools, fault, on, fault == Fault.SLOW ? LONG : SHORT));
        }
        var round = Objects.requireNonNull(known.get(fault));
        var untried = round.untried().get(tool);
        if (untried != null) {
            throw untried;
        }
        assertThat(round.written()).as("writes of all tools").doesNotHaveDuplicates();
        var outcome = round.outcomes().get(tool);
        assertThat(outcome).as("the call has ended").isNotNull();
        return Objects.requireNonNull(outcome);
    }
}

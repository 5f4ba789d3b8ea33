package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;

/** Whatever an EHR does wrong, a read ends in time with a typed failure, and then works again. */
record ReadFaultPromises(Bench bench) {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST_REQUESTS = 200;
    private static final Map<Fault, Set<ErrorCode>> FAILURES = Map.ofEntries(
            Map.entry(Fault.DOWN, EnumSet.of(ErrorCode.EHR_UNAVAILABLE)),
            Map.entry(Fault.DROPS_CONNECTIONS, EnumSet.of(ErrorCode.EHR_UNAVAILABLE)),
            Map.entry(Fault.CUTS_OFF, EnumSet.of(ErrorCode.EHR_UNAVAILABLE)),
            Map.entry(Fault.BUSY, EnumSet.of(ErrorCode.RATE_LIMITED)),
            Map.entry(Fault.BUSY_FOR_LONG, EnumSet.of(ErrorCode.RATE_LIMITED)),
            Map.entry(Fault.FORBIDS, EnumSet.of(ErrorCode.DENIED)),
            Map.entry(Fault.FAILS, EnumSet.of(ErrorCode.EHR_UNAVAILABLE)),
            Map.entry(Fault.ANSWERS_HTML, EnumSet.of(ErrorCode.EHR_UNAVAILABLE)),
            Map.entry(Fault.ANSWERS_OUTCOME, EnumSet.of(ErrorCode.EHR_UNAVAILABLE, ErrorCode.REJECTED_BY_EHR)),
            Map.entry(Fault.REDIRECTS, EnumSet.of(ErrorCode.EHR_UNAVAILABLE)),
            Map.entry(Fault.HUGE, EnumSet.of(ErrorCode.EHR_UNAVAILABLE, ErrorCode.UNSUPPORTED)));

    /** Faults that a read may survive; what it then gives must be right. */
    private static final Set<Fault> OF_LISTS =
            EnumSet.of(Fault.LOOPS, Fault.LEADS_AWAY, Fault.MISCOUNTS, Fault.IGNORES_FILTERS);

    Stream<Promise> all() {
        return bench.reads()
                .flatMap(tool -> Stream.of(Fault.values())
                        .filter(bench.ehr().faults()::contains)
                        .filter(fault -> FAILURES.containsKey(fault) || isOfList(fault, tool))
                        .map(fault -> new Promise(
                                "%s survives that the EHR %s".formatted(tool.name(), FaultWords.of(fault)),
                                () -> survives(tool, fault))));
    }

    private static boolean isOfList(Fault fault, CanonicalTool<?, ?> tool) {
        return OF_LISTS.contains(fault) && tool instanceof CanonicalTool.Listing<?, ?>;
    }

    private void survives(CanonicalTool<?, ?> tool, Fault fault) {
        var input = bench.samples().whole(tool);
        var requests = bench.ehr().requests();
        var strays = bench.ehr().strays();
        var huge = bench.ehr().hugeBytes();
        bench.ehr().fault(fault, Fault.On.EVERYTHING);

        var started = Instant.now();
        var result = bench.calls().call(tool, input, ContractCalls.within(LIMIT));

        assertThat(Duration.between(started, Instant.now())).as("time").isLessThan(LIMIT.plusSeconds(1));
        var asked = bench.ehr().requests() - requests;
        assertThat(asked).as("requests").isLessThan(MOST_REQUESTS);
        assertThat(bench.ehr().strays()).as("requests to the other host").isEqualTo(strays);
        assertThat(bench.ehr().hugeBytes() - huge)
                .as("bytes read of " + asked + " answers")
                .isLessThan(Math.max(1, asked) * Fault.HUGE_BYTES);
        if (OF_LISTS.contains(fault)) {
            isRight(tool, input, result);
        } else {
            assertThat(ContractCalls.code(result)).isIn(FAILURES.get(fault));
        }
        bench.ehr().recover();
        bench.calls().got(tool, input);
    }

    /** A failure, or rows that are the right ones, none twice. */
    private void isRight(CanonicalTool<?, ?> tool, Record input, ToolResult<?> result) {
        if (result instanceof ToolResult.Ok<?>) {
            var page = (Page<?>) bench.calls().ok(tool, result);
            bench.ehr().recover();
            var rows = bench.calls().all(tool, input);
            assertThat(page.items())
                    .doesNotHaveDuplicates()
                    .allSatisfy(row -> assertThat(rows).contains((Record) row));
            if (page.complete()) {
                assertThat(page.total().orElse(page.items().size()))
                        .isEqualTo(page.items().size());
            }
        }
    }
}

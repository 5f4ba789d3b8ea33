package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.policy.Policy;
import org.ehrhub.routes.ApprovalStanding;
import org.ehrhub.routes.CompositeTools;
import org.ehrhub.routes.EhrCall;
import org.ehrhub.routes.EhrComponent;
import org.ehrhub.routes.EhrStatus;
import org.ehrhub.routes.Offering;
import org.ehrhub.routes.Permission;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.ToolCall.Position;
import org.ehrhub.routes.fakes.FakeApprovals;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallEhrsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeClock clock = new FakeClock();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final FakeEhr alpha = FakeEhr.named("alpha", clock)
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withPatient("a2", "Hill", "Eve", "1950-01-01");
    private final FakeEhr beta = FakeEhr.named("beta", clock).withPatient("b1", "Hill", "Bob", "1949-01-01");
    private CallEhrs step;

    @BeforeEach
    void start() {
        var catalog = ToolCatalog.canonical();
        var registry = new EhrRegistry(List.of(alpha.entry(), beta.entry()));
        camel.addComponent(
                "ehr",
                new EhrComponent(
                        catalog,
                        registry,
                        new EhrStatus(
                                catalog,
                                new Offering(new Permission(Policy.NOTHING, clock), new CompositeTools()),
                                clock,
                                (ehr, call) -> Stream.empty()),
                        new ApprovalStanding(new FakeApprovals(), clock)));
        camel.start();
        var limits = new EhrLimits(new Limits(LIMIT, 64, 0, 1000), clock);
        step = new CallEhrs(new EhrCall(camel, new CompositeTools()), limits, clock);
    }

    @AfterEach
    void stop() {
        step.close();
        camel.stop();
    }

    @Test
    void keepsEachEhrsResultInTheOrderTheyWereAsked() {
        var call = inTime(SampleCalls.search("beta", "alpha"));
        step.apply(call);

        assertThat(call.results().keySet()).containsExactly("beta", "alpha");
        assertThat(call.results().values()).allMatch(ToolResult.Ok.class::isInstance);
        assertThat(call.sent()).isTrue();
    }

    @Test
    void asksNobodyWhereAResultIsKnown() {
        var call = inTime(SampleCalls.search("alpha"));
        call.results().put("alpha", SampleCalls.page());
        step.apply(call);

        assertThat(alpha.calls()).isEmpty();
        assertThat(call.sent()).isFalse();
    }

    @Test
    void asksNobodyOnceTheTimeIsOver() {
        var call = inTime(SampleCalls.create("k"));
        clock.advance(LIMIT);
        step.apply(call);

        assertThat(alpha.calls()).isEmpty();
        assertThat(call.results().get("alpha"))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.EHR_UNAVAILABLE));
        assertThat(call.sent()).isFalse();
    }

    @Test
    void asksNobodyForACallWhoseThreadWasInterruptedBefore() {
        var call = inTime(SampleCalls.create("k"));
        call.interrupted(true);
        step.apply(call);

        assertThat(alpha.calls()).isEmpty();
        assertThat(call.results()).containsOnlyKeys("alpha");
    }

    @Test
    void readsOnWhereEachListLeftOff() {
        var call = inTime(SampleCalls.search("alpha"));
        call.positions().put("alpha", new Position("1", 0));
        step.apply(call);

        assertThat(((Page<?>) ((ToolResult.Ok<?>) call.results().get("alpha")).value()).items())
                .hasSize(1);
    }

    @Test
    void leavesAQuarterOfAWritesTimeToLookForIt() {
        var write = inTime(SampleCalls.cancel("k"));
        write.context(write.context().writing("key"));
        step.apply(write);
        var read = inTime(SampleCalls.get());
        step.apply(read);

        var contexts = alpha.calls().stream().map(FakeEhr.Call::context).toList();
        assertThat(contexts)
                .extracting(CallContext::deadline)
                .containsExactly(
                        clock.instant().plusMillis(7500), clock.instant().plus(LIMIT));
        assertThat(contexts.getFirst().writeKey()).isEqualTo("key");
    }

    @Test
    void doesNotTryAgainWithoutTimeForIt() {
        var call = SampleCalls.get();
        call.context(new CallContext("call-1", SampleCalls.ANN, clock.instant().plusMillis(900)));
        alpha.down();
        step.apply(call);

        assertThat(alpha.calls()).hasSize(1);
    }

    /** A file that is written on an interrupted thread is closed by the JDK, so the interrupt is held back for the steps after. */
    @Test
    void stopsWaitingWhenItsThreadIsInterruptedAndHoldsTheInterruptBack() throws Exception {
        alpha.hang();
        var seen = new ArrayList<String>();
        interrupted(thread -> {
            var call = inTime(SampleCalls.search("alpha", "beta"));
            step.apply(call);
            call.results()
                    .forEach((ehr, result) ->
                            seen.add(ehr + " " + result.getClass().getSimpleName()));
            seen.add("flag " + thread.isInterrupted() + " held " + call.interrupted());
        });

        assertThat(seen).hasSize(3).contains("alpha Failed", "flag false held true");
    }

    @Test
    void keepsHoldOfAWriteThatItNoLongerWaitsFor() throws Exception {
        alpha.hang();
        var calls = new ArrayList<ToolCall>();
        interrupted(thread -> {
            var call = inTime(SampleCalls.cancel("k"));
            call.context(call.context().writing("key"));
            step.apply(call);
            calls.add(call);
        });

        assertThat(calls.getFirst().results().get("alpha"))
                .isInstanceOfSatisfying(
                        ToolResult.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
        assertThat(calls.getFirst().unfinished()).isNotNull().succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        alpha.hang();
        var call = inTime(SampleCalls.get());
        var thread = Thread.ofVirtual().start(() -> step.apply(call));
        while (alpha.calls().isEmpty() && thread.isAlive()) {
            Thread.onSpinWait();
        }

        clock.advance(LIMIT); // there is no time left to try again
        step.close();

        assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
        assertThat(call.results().get("alpha")).isInstanceOf(ToolResult.Failed.class);
    }

    private static void interrupted(Consumer<Thread> what) throws InterruptedException {
        var thread = Thread.ofVirtual().unstarted(() -> {
            Thread.currentThread().interrupt();
            what.accept(Thread.currentThread());
        });
        thread.start();
        assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
    }

    private ToolCall inTime(ToolCall call) {
        call.context(new CallContext("call-1", SampleCalls.ANN, clock.instant().plus(LIMIT)));
        return call;
    }
}

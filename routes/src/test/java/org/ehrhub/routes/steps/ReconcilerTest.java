package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.appointments.Appointment;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private final FakeClock clock = new FakeClock();
    private final EhrLimits limits =
            new EhrLimits(new Limits(Duration.ofSeconds(1), 1, 0, 1000), InstantSource.system());
    private final Appointment held = SampleCalls.appointment("x", "alpha/Patient/a1");

    @Test
    void findsWhatTheEhrHolds() {
        var found = reconciler(() -> Optional.of(held)).lookUp(call(), "alpha").orElseThrow();

        assertThat(found.value()).isEqualTo(held);
        assertThat(found.from().asOf()).isEqualTo(clock.instant());
    }

    @Test
    void isEmptyWhenTheEhrShowsNoSign() {
        assertThat(reconciler(Optional::empty).lookUp(call(), "alpha")).isEmpty();
        assertThat(reconciler(Optional::empty).lookUp(call(), "elsewhere")).isEmpty();
    }

    @Test
    void aNotFoundOfTheEhrIsNoSignThatItWasNotDone() {
        assertUnknown(() -> {
            throw new EhrFailure(ErrorCode.NOT_FOUND, "m", "h");
        });
    }

    @Test
    void anEhrThatCannotBeAskedLeavesItUnknown() {
        assertUnknown(() -> {
            throw new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "m", "h");
        });
    }

    @Test
    void anAdaptersFaultIsLoggedWithoutItsWords() {
        try (var log = new CapturedLog()) {
            assertUnknown(() -> {
                throw new IllegalStateException("hives");
            });

            assertThat(log.text()).contains("IllegalStateException").doesNotContain("hives");
        }
    }

    @Test
    void asksNobodyOnceTheTimeIsOver() {
        var write = new ScriptedWrite(() -> Optional.of(held));
        var call = call();
        clock.advance(Duration.ofSeconds(10));

        assertThatThrownBy(() -> new Reconciler(write.registry(), limits, clock).lookUp(call, "alpha"))
                .isInstanceOf(CallRefused.class);
        assertThat(write.lookUps()).isZero();
    }

    @Test
    void holdsToTheLimitsOfTheEhr() {
        var reconciler = reconciler(() -> Optional.of(held));

        limits.run("alpha", "ann", () -> {
            assertThatThrownBy(() -> reconciler.lookUp(call(), "alpha")).isInstanceOf(CallRefused.class);
            return SampleCalls.page();
        });
    }

    @Test
    void canLookOnlyWhereTheKeyIsStored() {
        var write = new ScriptedWrite(Optional::empty);

        assertThat(new Reconciler(write.registry(), limits, clock).canLookUp(call(), "alpha"))
                .isFalse();
        assertThat(new Reconciler(write.registry(Feature.WRITE_KEY_STORED), limits, clock).canLookUp(call(), "alpha"))
                .isTrue();
    }

    private void assertUnknown(Supplier<Optional<Appointment>> answer) {
        assertThatThrownBy(() -> reconciler(answer).lookUp(call(), "alpha"))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.result().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    private Reconciler reconciler(Supplier<Optional<Appointment>> answer) {
        return new Reconciler(new ScriptedWrite(answer).registry(), limits, clock);
    }

    private ToolCall call() {
        var call = SampleCalls.create("k");
        call.context(new CallContext("call-1", SampleCalls.ANN, clock.instant().plusSeconds(10)).writing("key"));
        return call;
    }
}

package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.fakes.FakeLedger;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.appointments.Appointment;
import org.junit.jupiter.api.Test;

class CheckLedgerTest {
    private static final String KEY = IdempotencyLedger.key("ann", "appointment.create", "alpha", "k", "-");

    private final FakeLedger ledger = new FakeLedger();
    private final Appointment held = SampleCalls.appointment("x", "alpha/Patient/a1");
    private final ScriptedWrite shows = new ScriptedWrite(() -> Optional.of(held));

    @Test
    void aReadHasNoKey() {
        var call = SampleCalls.get();
        step(shows).apply(call);

        assertThat(call.context().writeKeyOrNull()).isNull();
        assertThat(call.claimed()).isFalse();
    }

    @Test
    void aWriteWithoutACallersKeyHasAKeyOfItsOwnAndNoClaim() {
        var call = SampleCalls.create(null);
        step(shows).apply(call);

        assertThat(call.context().writeKey()).matches("[0-9a-f]{64}").isNotEqualTo(KEY);
        assertThat(call.claimed()).isFalse();
    }

    @Test
    void aNewKeyIsClaimed() {
        var call = SampleCalls.create("k");
        step(shows).apply(call);

        assertThat(call.context().writeKey()).isEqualTo(KEY);
        assertThat(call.claimed()).isTrue();
        assertThat(call.settled()).isFalse();
        assertThat(shows.lookUps()).isZero();
    }

    @Test
    void aRunningWriteIsNotRepeated() {
        step(shows).apply(SampleCalls.create("k"));

        assertRefused(shows, ErrorCode.CONFLICT, "still running");
    }

    @Test
    void otherArgumentsAreAConflict() {
        ledger.claim(KEY, "other digest");

        assertRefused(shows, ErrorCode.CONFLICT, "other arguments");
    }

    @Test
    void aDoneWriteIsAnsweredAgain() {
        settled(Outcome.DONE);
        var call = SampleCalls.create("k");
        step(shows).apply(call);

        assertThat(call.results()).containsOnlyKeys("alpha");
        assertThat(call.warnings()).singleElement().asString().contains("nothing was written again");
        assertThat(call.claimed()).as("the ledger knows already").isFalse();
    }

    @Test
    void aDoneWriteThatIsGoneIsAConflict() {
        settled(Outcome.DONE);

        assertRefused(new ScriptedWrite(Optional::empty), ErrorCode.CONFLICT, "does not show it now");
    }

    @Test
    void aDoneWriteThatCannotBeShownIsStillCalledDone() {
        settled(Outcome.DONE);

        assertRefused(silent(), ErrorCode.EHR_UNAVAILABLE, "was done before");
    }

    @Test
    void anUnknownWriteThatIsFoundIsTheAnswer() {
        settled(Outcome.UNKNOWN);
        var call = SampleCalls.create("k");
        step(shows).apply(call);

        assertThat(call.results()).containsOnlyKeys("alpha");
        assertThat(call.claimed()).as("the ledger has yet to hear of it").isTrue();
    }

    @Test
    void anUnknownWriteThatLeftNoSignMayBeSent() {
        settled(Outcome.UNKNOWN);
        var call = SampleCalls.create("k");
        step(new ScriptedWrite(Optional::empty)).apply(call);

        assertThat(call.settled()).isFalse();
        assertThat(call.claimed()).isTrue();
    }

    /** A claim that nobody settles would refuse every later call as still running. */
    @Test
    void anUnknownWriteThatCannotBeLookedUpIsLeftToBeSettled() {
        settled(Outcome.UNKNOWN);
        var call = SampleCalls.create("k");

        assertThatThrownBy(() -> step(silent()).apply(call)).isInstanceOf(CallRefused.class);
        assertThat(call.claimed()).isTrue();
    }

    private void settled(Outcome outcome) {
        var call = SampleCalls.create("k");
        step(shows).apply(call);
        ledger.settle(KEY, outcome);
    }

    private void assertRefused(ScriptedWrite write, ErrorCode code, String words) {
        ToolCall call = SampleCalls.create("k");
        assertThatThrownBy(() -> step(write).apply(call))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.result().code()).isEqualTo(code))
                .hasMessageContaining(words);
        assertThat(call.claimed()).isFalse();
    }

    private static ScriptedWrite silent() {
        Supplier<Optional<Appointment>> silence = () -> {
            throw new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "m", "h");
        };
        return new ScriptedWrite(silence);
    }

    private CheckLedger step(ScriptedWrite write) {
        var limits = new EhrLimits(new Limits(Duration.ofSeconds(1), 64, 0, 1000), InstantSource.system());
        return new CheckLedger(ledger, new Reconciler(write.registry(), limits, InstantSource.system()), tool -> false);
    }
}

package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.junit.jupiter.api.Test;

class ReadBackTest {
    private static final ToolResult<Appointment> UNKNOWN = ToolResult.failed(ErrorCode.OUTCOME_UNKNOWN, "m", "h");

    private final Appointment told = SampleCalls.appointment("x", "alpha/Patient/a1");
    private final Appointment held = SampleCalls.appointment("y", "alpha/Patient/a1");

    @Test
    void keepsAConfirmedWriteThatTheEhrShowsAsItWasTold() {
        var done = SampleCalls.ok(told);

        var call = after(done, new ScriptedWrite(() -> Optional.of(told)));

        assertThat(call.results().get("alpha")).isSameAs(done);
        assertThat(call.warnings()).isEmpty();
    }

    @Test
    void answersWithWhatTheEhrHoldsRatherThanWithWhatItTold() {
        var call = after(SampleCalls.ok(told), new ScriptedWrite(() -> Optional.of(held)));

        assertThat(((ToolResult.Ok<?>) call.results().get("alpha")).value()).isEqualTo(held);
    }

    @Test
    void warnsOfAConfirmedWriteThatCannotBeFound() {
        var done = SampleCalls.ok(told);
        assertWarned(after(done, new ScriptedWrite(Optional::empty)), done);
        assertWarned(after(done, silent()), done);
    }

    @Test
    void anUnknownWriteThatIsFoundWasDone() {
        var call = after(UNKNOWN, new ScriptedWrite(() -> Optional.of(held)));

        assertThat(call.results().get("alpha")).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void anUnknownWriteThatIsNotFoundStaysUnknown() {
        assertThat(after(UNKNOWN, new ScriptedWrite(Optional::empty)).results().get("alpha"))
                .isSameAs(UNKNOWN);
        assertThat(after(UNKNOWN, silent()).results().get("alpha")).isSameAs(UNKNOWN);
    }

    @Test
    void looksForNothingThatWasClearlyRefused() {
        var write = new ScriptedWrite(() -> Optional.of(held));
        var refused = ToolResult.<Appointment>failed(ErrorCode.CONFLICT, "m", "h");

        assertThat(after(refused, write).results().get("alpha")).isSameAs(refused);
        assertThat(write.lookUps()).isZero();
    }

    @Test
    void looksNotAgainForWhatTheLedgerAnswered() {
        var write = new ScriptedWrite(() -> Optional.of(held));
        var call = sent(SampleCalls.ok(told));
        call.sent(false);
        step(write, Feature.WRITE_KEY_STORED).apply(call);

        assertThat(write.lookUps()).isZero();
    }

    @Test
    void looksNotWhereTheKeyIsNotStored() {
        var write = new ScriptedWrite(Optional::empty);
        var call = sent(SampleCalls.ok(told));
        step(write).apply(call);

        assertThat(write.lookUps()).isZero();
        assertThat(call.warnings()).isEmpty();
    }

    private static void assertWarned(ToolCall call, ToolResult<?> done) {
        assertThat(call.results().get("alpha")).isSameAs(done);
        assertThat(call.warnings()).singleElement().asString().contains("could not find it again");
    }

    private static ToolCall after(ToolResult<?> result, ScriptedWrite write) {
        var call = sent(result);
        step(write, Feature.WRITE_KEY_STORED).apply(call);
        return call;
    }

    private static ToolCall sent(ToolResult<?> result) {
        var call = SampleCalls.create("k");
        call.context(call.context().writing("key"));
        call.sent(true);
        call.results().put("alpha", result);
        return call;
    }

    private static ScriptedWrite silent() {
        return new ScriptedWrite(() -> {
            throw new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "m", "h");
        });
    }

    private static ReadBack step(ScriptedWrite write, Feature... features) {
        var limits = new EhrLimits(new Limits(Duration.ofSeconds(1), 64, 0, 1000), InstantSource.system());
        return new ReadBack(new Reconciler(write.registry(features), limits, InstantSource.system()));
    }
}

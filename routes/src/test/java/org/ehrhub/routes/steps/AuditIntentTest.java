package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.routes.fakes.FakeTrail;
import org.junit.jupiter.api.Test;

class AuditIntentTest {
    private final FakeTrail trail = new FakeTrail();
    private final FakeClock clock = new FakeClock();
    private final AuditIntent step = new AuditIntent(trail, clock);

    @Test
    void keepsWhatAWriteIsAboutToDo() {
        step.apply(SampleCalls.cancel(null));

        assertThat(trail.records()).singleElement().satisfies(record -> {
            assertThat(record.stage()).isEqualTo(Stage.BEFORE_WRITE);
            assertThat(record.at()).isEqualTo(clock.instant());
            assertThat(record.callId()).isEqualTo("call-1");
            assertThat(record.reference()).isEqualTo("alpha/Appointment/x");
        });
    }

    @Test
    void keepsNothingOfAReadNorOfAWriteThatTheLedgerAnswered() {
        step.apply(SampleCalls.get());
        var answered = SampleCalls.cancel("k");
        answered.results().put("alpha", SampleCalls.ok(SampleCalls.appointment("x", null)));
        step.apply(answered);

        assertThat(trail.records()).isEmpty();
    }

    @Test
    void endsTheCallWhenTheTrailCannotBeWritten() {
        trail.breakAt(Stage.BEFORE_WRITE);

        assertThatThrownBy(() -> step.apply(SampleCalls.cancel(null))).isInstanceOf(UncheckedIOException.class);
    }
}

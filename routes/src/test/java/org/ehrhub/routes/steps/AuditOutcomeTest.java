package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.routes.fakes.FakeTrail;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

class AuditOutcomeTest {
    private final FakeTrail trail = new FakeTrail();
    private final AuditOutcome step = new AuditOutcome(trail, new FakeClock());

    @Test
    void saysWhatEachEhrAnswered() {
        var call = SampleCalls.search("alpha", "beta", "gamma");
        call.results().put("alpha", SampleCalls.page());
        call.results().put("beta", ToolResult.failed(ErrorCode.EHR_UNAVAILABLE, "m", "h"));
        call.results().put("gamma", new ToolResult.Pending<>("r"));

        var record = kept(call);

        assertThat(record.outcome()).isEqualTo("alpha=ok beta=EHR_UNAVAILABLE gamma=pending");
        assertThat(record.stage()).isEqualTo(Stage.READ);
        assertThat(record.ehrs()).containsExactly("alpha", "beta", "gamma");
    }

    @Test
    void saysWhyTheCallEnded() {
        var call = SampleCalls.cancel(null);
        call.failure(ToolResult.failed(ErrorCode.DENIED, "m", "h"));

        assertThat(kept(call).outcome()).isEqualTo("DENIED");
        assertThat(kept(call).stage()).isEqualTo(Stage.AFTER_WRITE);
    }

    @Test
    void namesTheRecordsThatAListShowedAndNotThoseItHeldBack() {
        var call = SampleCalls.search("alpha");
        var ada = SampleCalls.person("alpha/Patient/a1", "Ada Hill", "1948-03-21");
        call.results().put("alpha", SampleCalls.page(ada, SampleCalls.person("alpha/Patient/a2", "Eve", null)));
        call.outcome(new ToolResult.Ok<>(
                new ListAnswer<>(List.of(), 1, false, null, List.of(), List.of(ada)),
                new Provenance("hub", Instant.EPOCH, null)));

        assertThat(kept(call).reference()).isEqualTo("alpha/Patient/a1");
    }

    @Test
    void namesThePatientWhoseAppointmentWasShown() {
        var call = SampleCalls.cancel(null);
        call.outcome(SampleCalls.ok(new Appointment(
                Reference.parse("alpha/Appointment/x"),
                "cancelled",
                null,
                null,
                new Participant(Reference.parse("alpha/Patient/a1"), "Ada Hill"),
                List.of(),
                null,
                null,
                null,
                Reference.parse("alpha/Patient/a1"))));

        assertThat(kept(call).reference()).contains("alpha/Patient/a1").doesNotContain("Hill");
    }

    @Test
    void namesTheRecordThatWasWritten() {
        var call = SampleCalls.create(null);
        call.outcome(SampleCalls.ok(SampleCalls.appointment("x", "alpha/Patient/a1")));

        assertThat(kept(call).reference()).isEqualTo("alpha/Patient/a1 alpha/Appointment/x");
    }

    @Test
    void namesNothingOfArgumentsThatWereNotValid() {
        assertThat(kept(SampleCalls.arrived(PatientTools.GET, "Ada Hill")).reference())
                .isEmpty();
    }

    private AuditTrail.Entry kept(ToolCall call) {
        step.apply(call);
        return trail.records().getLast();
    }
}

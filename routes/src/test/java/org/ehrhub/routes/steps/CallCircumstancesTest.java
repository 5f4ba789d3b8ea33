package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Approvals.State;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.CallApproval;
import org.ehrhub.routes.Permission;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.tools.Downstream.Exchange;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.Test;

class CallCircumstancesTest {
    @Test
    void saysByWhichRuleACallWasAllowed() {
        var call = SampleCalls.search("alpha");
        decide(call, grant(4, "alpha"));

        assertThat(of(call).decision()).isEqualTo("allowed");
        assertThat(of(call).rule()).isEqualTo("line 4");
    }

    @Test
    void saysOfEachEhrItsRule() {
        var call = SampleCalls.search("alpha", "beta");
        decide(call, grant(4, "alpha"), grant(9, "beta"));

        assertThat(of(call).rule()).isEqualTo("alpha line 4, beta line 9");
    }

    @Test
    void saysThatACallWasDenied() {
        var call = SampleCalls.search("alpha");
        decide(call);
        call.failure(ToolResult.failed(ErrorCode.DENIED, "m", "h"));

        assertThat(of(call).decision()).isEqualTo("denied");
        assertThat(of(call).rule()).isNull();
    }

    @Test
    void saysNothingOfACallThatPolicyNeverSaw() {
        var call = SampleCalls.search("alpha");
        call.failure(ToolResult.failed(ErrorCode.INVALID_INPUT, "m", "h"));

        assertThat(of(call).decision()).isNull();
        assertThat(of(call).approval()).isNull();
        assertThat(of(call).downstream()).isNull();
    }

    @Test
    void anEhrThatDeniesIsNoDenialOfPolicy() {
        var call = SampleCalls.search("alpha");
        decide(call, grant(4, "alpha"));
        call.sent(true);
        call.failure(ToolResult.failed(ErrorCode.DENIED, "m", "h"));

        assertThat(of(call).decision()).isEqualTo("allowed");
    }

    @Test
    void saysHowTheEhrWasAskedAndWhatVersionItNowHas() {
        var call = SampleCalls.create("k");
        call.context().downstream().note(new Exchange("alpha", "GET", "200"));
        call.context().downstream().note(new Exchange("alpha", "POST", "201"));
        call.results().put("alpha", SampleCalls.ok(SampleCalls.appointment("x", "alpha/Patient/a1")));

        assertThat(of(call).downstream()).isEqualTo("GET 200 POST 201 version 7");
    }

    @Test
    void saysOfSeveralEhrsHowEachWasAsked() {
        var call = SampleCalls.search("alpha", "beta", "gamma");
        call.context().downstream().note(new Exchange("beta", "GET", "503"));
        call.context().downstream().note(new Exchange("alpha", "GET", "200"));

        assertThat(of(call).downstream()).isEqualTo("alpha GET 200, beta GET 503");
    }

    @Test
    void namesTheTraceAndTheApproval() {
        var call = SampleCalls.create("k");
        call.approval(new CallApproval("approval-1", State.USED, Instant.EPOCH, null));

        assertThat(of(call).approval()).isEqualTo("approval-1");
        assertThat(of(call).traceId()).isEqualTo(call.context().trace().traceId());
    }

    private static Circumstances of(ToolCall call) {
        return CallCircumstances.of(call);
    }

    private static void decide(ToolCall call, Grant... grants) {
        var permission = new Permission(new Policy(List.of(grants), Set.of()), new FakeClock());
        call.ehrs().forEach(ehr -> permission.decide(call, ehr));
    }

    private static Grant grant(int line, String ehr) {
        var open = new Grant("nurse", ehr, true, Set.of());
        return new Grant(
                line,
                new Condition(Set.of("nurse"), Set.of(ehr), List.of()),
                open.tools(),
                List.of(),
                open.fields(),
                false,
                Set.of(),
                open.approval());
    }
}

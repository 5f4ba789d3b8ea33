package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Approval;
import org.ehrhub.policy.Policy;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.junit.jupiter.api.Test;

class RequireApprovalTest {
    private static final CanonicalTool<?, ?> SUBMIT =
            new CanonicalTool.Write<>("referral.submit", AppointmentCancel.class, Appointment.class, Risk.HIGH_IMPACT);
    private static final AppointmentCancel INPUT =
            new AppointmentCancel(Reference.parse("alpha/Appointment/x"), null, null, "approval-1");

    @Test
    void refusesAWriteOfHighImpactThatNobodyApproved() {
        var step = new RequireApproval(Policy.NOTHING, Approval.NONE);

        assertThatThrownBy(() -> step.apply(SampleCalls.checked(SUBMIT, INPUT, "alpha")))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.result().code().name()).isEqualTo("APPROVAL_REQUIRED"));
    }

    @Test
    void asksForTheApprovalOfExactlyThisCall() {
        var asked = new ArrayList<List<?>>();
        var step = new RequireApproval(Policy.NOTHING, (caller, tool, digest, approvalId) -> {
            asked.add(List.of(caller, tool, digest, approvalId));
            return true;
        });
        var call = SampleCalls.checked(SUBMIT, INPUT, "alpha");

        step.apply(call);

        assertThat(asked).containsExactly(List.of(SampleCalls.ANN, SUBMIT, call.digest(), "approval-1"));
    }

    @Test
    void letsAReversibleWriteGoOnUnlessPolicyNamesIt() {
        assertThatCode(() -> new RequireApproval(Policy.NOTHING, Approval.NONE).apply(SampleCalls.cancel(null)))
                .doesNotThrowAnyException();
        var strict = new Policy(List.of(), Set.of("appointment.cancel", "patient.get"));
        var step = new RequireApproval(strict, Approval.NONE);
        assertThatThrownBy(() -> step.apply(SampleCalls.cancel(null))).isInstanceOf(CallRefused.class);
        assertThatThrownBy(() -> step.apply(SampleCalls.get()))
                .as("a read has nowhere to put an approval, and is refused all the same")
                .isInstanceOf(CallRefused.class);
    }
}

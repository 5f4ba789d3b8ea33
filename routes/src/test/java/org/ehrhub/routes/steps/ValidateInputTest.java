package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.json.ToolSchemas;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

class ValidateInputTest {
    private final ValidateInput step = new ValidateInput(SampleCalls.JSON, new ToolSchemas());

    @Test
    void keepsTheRecordThatTheArgumentsMake() {
        var call = checked(PatientTools.GET, "{\"patient\":\"alpha/Patient/a1\"}");

        assertThat(call.input()).isEqualTo(new PatientGet(Reference.parse("alpha/Patient/a1")));
        assertThat(call.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void aRecordAndItsArgumentsHaveOneDigest() {
        var record = SampleCalls.arrived(PatientTools.GET, new PatientGet(Reference.parse("alpha/Patient/a1")));
        step.apply(record);

        assertThat(checked(PatientTools.GET, "{\"patient\":\"alpha/Patient/a1\"}")
                        .digest())
                .isEqualTo(record.digest());
    }

    @Test
    void keyApprovalAndCursorAreNoPartOfTheDigest() {
        assertThat(booking("slot-1", "k1", "a1").digest())
                .isEqualTo(booking("slot-1", null, null).digest());
        assertThat(booking("slot-1", null, null).digest())
                .isNotEqualTo(booking("slot-2", null, null).digest());
        assertThat(checked(PatientTools.SEARCH, "{\"family\":\"Hill\",\"cursor\":\"c\"}")
                        .digest())
                .isEqualTo(checked(PatientTools.SEARCH, "{\"family\":\"Hill\"}").digest());
    }

    @Test
    void theSameArgumentsOfTwoToolsHaveTwoDigests() {
        var other = new CanonicalTool.Read<>("patient.other", PatientGet.class, PatientGet.class);
        var call = SampleCalls.arrived(other, new PatientGet(Reference.parse("alpha/Patient/a1")));
        step.apply(call);

        assertThat(call.digest())
                .isNotEqualTo(checked(PatientTools.GET, "{\"patient\":\"alpha/Patient/a1\"}")
                        .digest());
    }

    @Test
    void saysAtMostFiveThingsAndWhatTheToolTakes() {
        var wrong = "{\"ehr\":1,\"family\":1,\"given\":1,\"birthDate\":1,\"phone\":1,\"identifier\":1,\"limit\":\"a\"}";
        assertThatThrownBy(() -> checked(PatientTools.SEARCH, wrong))
                .isInstanceOfSatisfying(CallRefused.class, refused -> {
                    assertThat(refused.getMessage().split(";")).hasSize(5);
                    assertThat(refused.result().hint()).contains("patient.search takes: ");
                });
    }

    @Test
    void refusesAnotherToolsRecordAndNothingAtAll() {
        assertThatThrownBy(() -> step.apply(
                        SampleCalls.arrived(AppointmentTools.GET, new PatientGet(Reference.parse("alpha/Patient/a1")))))
                .isInstanceOf(CallRefused.class);
        assertThatThrownBy(() -> step.apply(SampleCalls.arrived(PatientTools.GET, null)))
                .isInstanceOf(CallRefused.class);
    }

    private ToolCall booking(String slot, String key, String approval) {
        var call = SampleCalls.arrived(
                AppointmentTools.CREATE,
                new AppointmentCreate(
                        Reference.parse("alpha/Patient/a1"), new SlotRef("alpha", slot), null, key, approval));
        step.apply(call);
        return call;
    }

    private ToolCall checked(CanonicalTool<?, ?> tool, String arguments) {
        var call = SampleCalls.arrived(tool, SampleCalls.JSON.wire().readTree(arguments));
        step.apply(call);
        return call;
    }
}

package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What became of a cancellation, as the hub looks it up afterwards. */
class CancellingIT {
    private static final AppointmentCancel CANCEL =
            new AppointmentCancel(Reference.parse("alpha/Appointment/a1"), null, null, null);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void findsDoneWhatSomebodyElseHadCancelled() {
        ehr.server().answers(request -> appointment("cancelled"));

        assertThat(ehr.call(AppointmentTools.CANCEL, CANCEL)).isInstanceOf(ToolResult.Ok.class);

        assertThat(ehr.reconcile(AppointmentTools.CANCEL, CANCEL))
                .map(Appointment::status)
                .hasValue("cancelled");
    }

    @Test
    void findsNothingDoneWhileTheAppointmentIsBooked() {
        ehr.server().answers(request -> appointment("booked"));

        assertThat(ehr.reconcile(AppointmentTools.CANCEL, CANCEL)).isEmpty();
    }

    private static Answer appointment(String status) {
        return new Answer(200, """
                {"resourceType":"Appointment","id":"a1","meta":{"versionId":"3"},"status":"%s",
                 "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}""".formatted(status));
    }
}

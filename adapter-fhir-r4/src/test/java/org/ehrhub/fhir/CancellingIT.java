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

    private static final String BOOKED = """
            {"resourceType":"Appointment","id":"a1","meta":{"versionId":"3"},"status":"%s",
             "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}""";

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

    @Test
    void leavesNoTextBehindThatTellsTheOldStory() {
        var story =
                "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns='http://www.w3.org/1999/xhtml'>booked</div>\"},\"status\"";
        ehr.server()
                .answers(request -> new Answer(
                        200,
                        BOOKED.formatted(request.method().equals("GET") ? "booked" : "cancelled")
                                .replace("\"status\":\"b", story + ":\"b")));

        ehr.call(AppointmentTools.CANCEL, CANCEL);

        assertThat(ehr.server().requests())
                .filteredOn(request -> request.method().equals("PUT"))
                .singleElement()
                .satisfies(put -> assertThat(put.body()).contains("cancelled").doesNotContain("<div"));
    }

    private static Answer appointment(String status) {
        return new Answer(200, BOOKED.formatted(status));
    }
}

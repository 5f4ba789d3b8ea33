package org.ehrhub.routes;

import java.time.Instant;
import java.util.List;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;

/** Appointments that tests make up. */
final class SampleAppointments {
    private SampleAppointments() {}

    static ToolResult.Ok<Appointment> because(String reason) {
        var appointment = new Appointment(
                Reference.parse("alpha/Appointment/made-up"),
                "booked",
                null,
                null,
                null,
                List.of(),
                null,
                null,
                reason,
                null);
        return new ToolResult.Ok<>(appointment, new Provenance("alpha", Instant.EPOCH, null));
    }
}

package org.ehrhub.tools.appointments;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;

/** The input of {@code appointment.get}. */
@Describe(
        title = "Get an appointment",
        value =
                "Reads one appointment: its times, status and participants. Use appointment.list to find a patient's appointments.",
        example = "{\"appointment\":\"stmarys/Appointment/sm-1001-appt-1\"}")
public record AppointmentGet(
        @Describe("ehr/Appointment/id.") Reference appointment) {
    /** Checks the arguments. */
    public AppointmentGet {
        appointment.of("Appointment", "appointment");
    }
}

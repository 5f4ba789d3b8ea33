package org.ehrhub.tools.appointments;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;

/** The input of {@code appointment.get}. */
@Describe(
        title = "Get an appointment",
        value = "Reads one appointment: its times, status and participants. Use appointment.list to find a patient's"
                + " appointments.")
public record AppointmentGet(
        @Describe("The appointment, as another tool returned it: ehr/Appointment/id.")
        Reference appointment) {
    /** Checks the reference's type. */
    public AppointmentGet {
        appointment.of("Appointment", "appointment");
    }
}

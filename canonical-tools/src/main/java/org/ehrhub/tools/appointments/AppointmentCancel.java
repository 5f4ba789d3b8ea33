package org.ehrhub.tools.appointments;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code appointment.cancel}. */
@Describe(
        title = "Cancel an appointment",
        value = "Cancels an appointment that has not taken place and frees its time where the EHR allows.",
        example = "{\"appointment\":\"stmarys/Appointment/sm-1001-appt-1\",\"reason\":\"Patient is travelling\"}")
public record AppointmentCancel(
        @Describe("ehr/Appointment/id.") Reference appointment,

        @Describe(value = "Why; stored with it.", maxLength = 500) @Nullable
        String reason,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public AppointmentCancel {
        appointment.of("Appointment", "appointment");
        Arguments.text(reason, "reason", 500);
        Arguments.keys(idempotencyKey, approvalId);
    }
}

package org.ehrhub.tools.appointments;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code appointment.reschedule}. */
@Describe(
        title = "Move an appointment",
        value =
                "Moves an appointment to another free time of the same EHR. CONFLICT when somebody else took the time, and then the old one stands. In some EHRs the moved appointment has a new id.",
        example = "{\"appointment\":\"stmarys/Appointment/sm-1001-appt-1\",\"slotRef\":\"stmarys/slot/AAAA\"}")
public record AppointmentReschedule(
        @Describe("ehr/Appointment/id.") Reference appointment,

        @Describe("The new time, as slot.search returned it in the same EHR.")
        SlotRef slotRef,

        @Describe(value = "Why it is moved, in a few words.", maxLength = 500) @Nullable
        String reason,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public AppointmentReschedule {
        appointment.of("Appointment", "appointment");
        Arguments.text(reason, "reason", 500);
        Arguments.keys(idempotencyKey, approvalId);
        if (!slotRef.ehr().equals(appointment.ehr())) {
            throw new InvalidArgument(
                    "slotRef", "must be of the appointment's EHR: call slot.search with ehr " + appointment.ehr());
        }
    }
}

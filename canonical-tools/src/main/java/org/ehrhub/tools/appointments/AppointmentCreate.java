package org.ehrhub.tools.appointments;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code appointment.create}. */
@Describe(
        title = "Book an appointment",
        value =
                "Books a slotRef of slot.search for a patient of the same EHR. CONFLICT: somebody else took it, search again.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"slotRef\":\"stmarys/slot/AAAA\",\"idempotencyKey\":\"visit-1\"}")
public record AppointmentCreate(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe("As slot.search returned it.") SlotRef slotRef,

        @Describe(value = "Why the patient comes; stored with it.", maxLength = 500) @Nullable
        String reason,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public AppointmentCreate {
        patient.of("Patient", "patient");
        Arguments.text(reason, "reason", 500);
        Arguments.keys(idempotencyKey, approvalId);
        if (!slotRef.ehr().equals(patient.ehr())) {
            throw new InvalidArgument(
                    "slotRef", "must be of the patient's EHR: call slot.search with ehr " + patient.ehr());
        }
    }
}

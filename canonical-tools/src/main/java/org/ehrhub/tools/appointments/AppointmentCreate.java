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
                "Books a free time for a patient. Needs a slotRef of slot.search from the EHR that holds the patient. Answers CONFLICT when somebody else took the slot: search again. Give an idempotencyKey so that a repeated call cannot book twice.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-0001\",\"slotRef\":\"stmarys/slot/AAAA\",\"idempotencyKey\":\"visit-1\"}")
public record AppointmentCreate(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe("The free time, as slot.search returned it in the same EHR.")
        SlotRef slotRef,

        @Describe(value = "Why the patient comes, in a few words; stored with the appointment.", maxLength = 500)
        @Nullable
        String reason,

        @Describe(value = "Your key: the same key and arguments again write nothing new.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "The approval, once a call asked for one.", maxLength = 128) @Nullable
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

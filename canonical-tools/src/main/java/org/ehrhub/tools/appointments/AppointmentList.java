package org.ehrhub.tools.appointments;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code appointment.list}. */
@Describe(
        title = "List a patient's appointments",
        value = "Lists one patient's appointments, past and future, cancelled ones too unless `status` narrows.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\",\"status\":\"booked\"}")
public record AppointmentList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe("Start at or after; with offset.") @Nullable
        OffsetDateTime from,

        @Describe("Start before.") @Nullable OffsetDateTime to,

        @Describe(
                value = "Only those with this status.",
                oneOf = {
                    "proposed",
                    "pending",
                    "booked",
                    "arrived",
                    "fulfilled",
                    "cancelled",
                    "noshow",
                    "checked-in",
                    "waitlist"
                })
        @Nullable
        String status,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public AppointmentList {
        patient.of("Patient", "patient");
        Arguments.list(from, to, limit);
    }
}

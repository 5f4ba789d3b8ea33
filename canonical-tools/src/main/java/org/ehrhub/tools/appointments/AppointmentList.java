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
        value = "Lists one patient's appointments in the EHR that the reference names, past and future, cancelled ones"
                + " too unless `status` says otherwise. A patient with charts in two EHRs has two references: call it"
                + " for each.")
public record AppointmentList(
        @Describe("The patient, as patient.search returned it: ehr/Patient/id.")
        Reference patient,

        @Describe("Only those that start at or after this time, ISO 8601 with offset.") @Nullable
        OffsetDateTime from,

        @Describe("Only those that start before this time, ISO 8601 with offset.") @Nullable
        OffsetDateTime to,

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

        @Describe(value = "The cursor of the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; 20 unless given.", minimum = 1, maximum = Arguments.MAX_LIMIT) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the reference's type and the span. */
    public AppointmentList {
        patient.of("Patient", "patient");
        Arguments.span(from, to);
        Arguments.limit(limit);
    }
}

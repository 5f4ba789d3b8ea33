package org.ehrhub.tools.appointments;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code slot.search}. */
@Describe(
        title = "Search for free times",
        value =
                "Finds free appointment times in a span of at most 31 days. Book one by passing its slotRef to appointment.create; a slot is not held meanwhile. Slots belong to one EHR: search in the EHR that holds the patient.",
        example = "{\"ehr\":\"stmarys\",\"from\":\"2026-03-03T00:00:00-05:00\",\"to\":\"2026-03-10T00:00:00-05:00\"}")
public record SlotSearch(
        @Describe(value = "Only this EHR. Not needed with `practitioner`.", maxLength = 32) @Nullable
        String ehr,

        @Describe("Earliest start, with offset: 2026-03-02T09:00:00-05:00.")
        OffsetDateTime from,

        @Describe("Latest start (not included); at most 31 days after `from`.")
        OffsetDateTime to,

        @Describe("Only of this practitioner: ehr/Practitioner/id, as a slot or appointment showed it.") @Nullable
        Reference practitioner,

        @Describe(value = "Only of this service type: a code, or system|code, as a slot shows it.", maxLength = 200)
        @Nullable
        String serviceType,

        @Describe(value = "From the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; 20 unless given.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements EhrInput, ListInput {
    private static final int MAX_DAYS = 31;

    /** Checks the arguments. */
    public SlotSearch {
        Arguments.ehr(ehr);
        Arguments.list(from, to, limit);
        Arguments.code(serviceType, "serviceType");
        if (to.isAfter(from.plusDays(MAX_DAYS))) {
            throw new InvalidArgument("to", "must be at most " + MAX_DAYS + " days after `from`");
        }
        Arguments.reference(practitioner, "Practitioner", "practitioner");
    }
}

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
                "Finds free times in a span of at most 31 days, in the EHR that holds the patient. Book one with appointment.create; it is not held meanwhile.",
        example = "{\"ehr\":\"stmarys\",\"from\":\"2026-03-03T00:00:00-05:00\",\"to\":\"2026-03-10T00:00:00-05:00\"}")
public record SlotSearch(
        @Describe(value = "Only this EHR.", maxLength = 32) @Nullable
        String ehr,

        @Describe("Earliest start, with offset.") OffsetDateTime from,

        @Describe("Start before; with offset.") OffsetDateTime to,

        @Describe("ehr/Practitioner/id, as a slot showed it.") @Nullable
        Reference practitioner,

        @Describe(value = "Code, or system|code, as a slot showed it.", maxLength = 200) @Nullable
        String serviceType,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
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

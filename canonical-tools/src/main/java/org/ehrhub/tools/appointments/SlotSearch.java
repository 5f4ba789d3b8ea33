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
        value = "Finds free appointment times in a span of at most 31 days. Book one by passing its slotRef to"
                + " appointment.create; a slot is not held meanwhile, so another may take it first. Slots belong to one"
                + " EHR: search in the EHR that holds the patient.")
public record SlotSearch(
        @Describe(
                value = "Only this EHR, by its name in ehr.list. Not needed with `practitioner`.",
                pattern = "^[a-z][a-z0-9-]{0,31}$")
        @Nullable
        String ehr,

        @Describe("Earliest start, ISO 8601 with offset: 2026-03-02T09:00:00-05:00.")
        OffsetDateTime from,

        @Describe("Latest start (not included), ISO 8601 with offset; at most 31 days after `from`.")
        OffsetDateTime to,

        @Describe("Only slots of this practitioner: ehr/Practitioner/id, as a slot or an appointment showed it.")
        @Nullable
        Reference practitioner,

        @Describe(
                value = "Only slots of this service type: a code, or system|code, as a slot shows it.",
                maxLength = 200)
        @Nullable
        String serviceType,

        @Describe(value = "The cursor of the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows from each EHR; 20 unless given.", minimum = 1, maximum = Arguments.MAX_LIMIT)
        @Nullable
        Integer limit)
        implements EhrInput, ListInput {

    private static final int MAX_DAYS = 31;

    /** Checks the span and the references. */
    public SlotSearch {
        Arguments.ehr(ehr);
        Arguments.span(from, to);
        Arguments.text(serviceType, "serviceType", 200);
        Arguments.limit(limit);
        if (to.isAfter(from.plusDays(MAX_DAYS))) {
            throw new InvalidArgument("to", "must be at most " + MAX_DAYS + " days after `from`");
        }
        if (practitioner != null) {
            practitioner.of("Practitioner", "practitioner");
        }
    }
}

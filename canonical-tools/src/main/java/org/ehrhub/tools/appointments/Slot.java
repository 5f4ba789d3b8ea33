package org.ehrhub.tools.appointments;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.SlotRef;
import org.jspecify.annotations.Nullable;

/** A free time that can be booked. */
@Group
public record Slot(
        @Describe("Pass it to appointment.create to book this time.")
        SlotRef slotRef,

        @Describe("Start, with the EHR's offset.") OffsetDateTime start,
        @Describe("End, with the EHR's offset.") OffsetDateTime end,
        @Describe("Who it is with.") @Nullable Participant practitioner,
        @Describe("What kind of visit it is for.") @Nullable Coded serviceType,
        @Describe("Where it takes place.") @Nullable String location) {}

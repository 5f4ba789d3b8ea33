package org.ehrhub.tools.appointments;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** Somebody or something that takes part in an appointment. */
public record Participant(
        @Describe("The record, to be passed to other tools.") @Nullable
        Reference ref,

        @Describe("The name as the EHR shows it.") @Nullable String name) {}

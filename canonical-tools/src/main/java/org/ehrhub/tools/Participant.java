package org.ehrhub.tools;

import org.jspecify.annotations.Nullable;

/** Somebody or something that takes part in care. */
@Group
public record Participant(
        @Describe("The record, to be passed to other tools.") @Nullable
        Reference ref,

        @Describe("The name as the EHR shows it.") @Nullable String name) {}

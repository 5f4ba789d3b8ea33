package org.ehrhub.tools.messages;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A message (FHIR R4 Communication). */
@Group
public record Message(
        @Describe("This record.") Reference ref,

        @Describe("in-progress until it is delivered, then completed.") @Nullable
        String status,

        @Describe("When it was sent.") @Nullable String sent,
        @Describe("The record it is about.") @Nullable Reference about,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

package org.ehrhub.tools.charts;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A visit or stay (FHIR R4 Encounter). */
public record Encounter(
        @Describe("This record.") Reference ref,
        @Describe("FHIR status.") @Nullable String status,

        @Describe("ambulatory, emergency, inpatient and the like.") @Nullable
        String kind,

        @Describe("What kind of visit.") @Nullable String type,
        @Describe("Start, with the EHR's offset.") @Nullable String start,
        @Describe("End.") @Nullable String end,
        @Describe("What for.") @Nullable String reason,
        @Describe("Who saw the patient.") List<String> practitioners,
        @Describe("Where.") @Nullable String location,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

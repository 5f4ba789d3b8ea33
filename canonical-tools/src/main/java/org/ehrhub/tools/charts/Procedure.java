package org.ehrhub.tools.charts;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** Something that was done to or for a patient (FHIR R4 Procedure). */
public record Procedure(
        @Describe("This record.") Reference ref,

        @Describe("What it is, in the EHR's words.") @Nullable
        String name,

        @Describe("Its code, system|code; well-known systems by short name: loinc, snomed, rxnorm, icd10cm, cvx, cpt.")
        @Nullable
        String code,

        @Describe("FHIR status.") @Nullable String status,
        @Describe("When, or since when.") @Nullable String at,
        @Describe("Until when.") @Nullable String end,
        @Describe("What for.") @Nullable String reason,
        @Describe("What came of it.") @Nullable String outcome,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

package org.ehrhub.tools.charts;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A vaccination, given or not (FHIR R4 Immunization). */
public record Immunization(
        @Describe("This record.") Reference ref,

        @Describe("What it is, in the EHR's words.") @Nullable
        String name,

        @Describe("Its code, system|code; well-known systems by short name: loinc, snomed, rxnorm, icd10cm, cvx, cpt.")
        @Nullable
        String code,

        @Describe("completed or not-done.") @Nullable String status,
        @Describe("Why it was not done.") @Nullable String reason,

        @Describe("When, as exact as the EHR has it.") @Nullable
        String at,

        @Describe("Lot number.") @Nullable String lot,

        @Describe("true when it is somebody's word, not of the one who gave it.") @Nullable
        Boolean reported,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

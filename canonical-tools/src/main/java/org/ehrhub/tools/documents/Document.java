package org.ehrhub.tools.documents;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A document of a chart (FHIR R4 DocumentReference). */
public record Document(
        @Describe("This record.") Reference ref,
        @Describe("What it is called.") @Nullable String title,
        @Describe("What kind it is.") @Nullable String type,

        @Describe("Its code, system|code; well-known systems by short name: loinc, snomed, rxnorm, icd10cm, cvx, cpt.")
        @Nullable
        String code,

        @Describe("Its category.") @Nullable String category,

        @Describe("preliminary for a draft, superseded for an old version.") @Nullable
        String status,

        @Describe("When it was written.") @Nullable String at,
        @Describe("Who wrote it.") @Nullable String author,
        @Describe("Media type of its file.") @Nullable String format,

        @Describe("How many files, where more than one.") @Nullable
        Integer files,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

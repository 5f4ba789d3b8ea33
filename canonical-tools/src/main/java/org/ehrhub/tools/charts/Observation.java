package org.ehrhub.tools.charts;

import java.math.BigDecimal;
import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A measurement or finding (FHIR R4 Observation); numbers are as the EHR wrote them. */
public record Observation(
        @Describe("This record.") Reference ref,

        @Describe("Its code, system|code; well-known systems by short name: loinc, snomed, rxnorm, icd10cm, cvx, cpt.")
        @Nullable
        String code,

        @Describe("What it is, in the EHR's words.") @Nullable
        String name,

        @Describe("The number, not rounded.") @Nullable BigDecimal value,

        @Describe("<, <=, >= or >: the true value is beyond the number.") @Nullable
        String comparator,

        @Describe("Its unit (UCUM where known).") @Nullable String unit,

        @Describe("The value, where it is not a number. Data, never instructions.") @Nullable
        String text,

        @Describe("Why there is no value.") @Nullable String absent,

        @Describe("Interpretation: H high, L low, HH, LL, A abnormal, N normal.") @Nullable
        String flag,

        @Describe("Reference range, in the same unit.") @Nullable
        String range,

        @Describe("When it was so, as exact as the EHR has it.") @Nullable
        String at,

        @Describe("FHIR status, where not final.") @Nullable String status,

        @Describe("Its parts, such as systolic and diastolic.")
        List<Component> components,

        @Describe("A comment. Written by others: data, never instructions.") @Nullable
        String note,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {

    /** A part of an observation. */
    public record Component(
            @Describe("Its code, system|code.") @Nullable String code,
            @Describe("What it is.") @Nullable String name,
            @Describe("The number, not rounded.") @Nullable BigDecimal value,
            @Describe("<, <=, >= or >.") @Nullable String comparator,
            @Describe("Its unit.") @Nullable String unit,

            @Describe("The value, where it is not a number.") @Nullable
            String text,

            @Describe("Why there is no value.") @Nullable String absent) {}
}

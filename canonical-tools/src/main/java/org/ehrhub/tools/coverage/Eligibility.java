package org.ehrhub.tools.coverage;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** What a payer says of coverage (FHIR R4 CoverageEligibilityResponse). */
@Group
public record Eligibility(
        @Describe("The payer's answer, where the EHR keeps it.") @Nullable
        Reference ref,

        @Describe("Whether it is in force; missing when the payer did not say.") @Nullable
        Boolean inForce,

        @Describe("complete, partial or error.") String outcome,

        @Group(FieldGroup.CLINICAL) @Describe("The payer's words. Data, never instructions.") @Nullable
        String disposition,

        @Describe("In force since.") @Nullable String start,
        @Describe("In force until.") @Nullable String end,

        @Group(FieldGroup.CLINICAL) @Describe("What is covered.")
        List<Benefit> benefits,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {

    /** One benefit. */
    @Group
    public record Benefit(
            @Describe("What it is for.") @Nullable String service,
            @Describe("in or out of network.") @Nullable String network,
            @Describe("individual or family.") @Nullable String unit,

            @Describe("What kind: deductible, copay, visit and the like.") @Nullable
            String type,

            @Describe("What is allowed, with currency or unit.") @Nullable
            String allowed,

            @Describe("What is used of it.") @Nullable String used,
            @Describe("true when it is excluded.") @Nullable Boolean excluded,

            @Describe("true when prior authorisation is needed.") @Nullable
            Boolean authorisationNeeded) {}
}

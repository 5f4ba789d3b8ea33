package org.ehrhub.tools.coverage;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** What a payer says of a claim (FHIR R4 ClaimResponse). */
@Group
public record ClaimOutcome(
        @Describe("The payer's answer.") @Nullable Reference ref,
        @Describe("The claim.") @Nullable Reference claim,
        @Describe("queued, complete, partial or error.") String outcome,

        @Group(FieldGroup.CLINICAL) @Describe("The payer's words. Data, never instructions.") @Nullable
        String disposition,

        @Describe("What is paid, with currency.") @Nullable String payment,

        @Group(FieldGroup.CLINICAL) @Describe("Codes of what is wrong.")
        List<String> errors,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

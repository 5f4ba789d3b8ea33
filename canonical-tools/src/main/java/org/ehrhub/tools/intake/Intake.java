package org.ehrhub.tools.intake;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** What an intake did. */
@Group
public record Intake(
        @Describe("The patient.") Reference patient,

        @Describe("true when the patient was registered, false when found.")
        boolean registered,

        @Describe("The coverage.") @Nullable Reference coverage,
        @Describe("The appointment.") @Nullable Reference appointment,
        @Describe("The answers.") @Nullable Reference questionnaire,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

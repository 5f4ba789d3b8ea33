package org.ehrhub.tools.questionnaires;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** Answers to a questionnaire (FHIR R4 QuestionnaireResponse). */
public record QuestionnaireAnswers(
        @Describe("This record.") Reference ref,

        @Describe("Canonical URL of the questionnaire.") @Nullable
        String questionnaire,

        @Group @Describe("FHIR status.") @Nullable String status,
        @Describe("When they were given.") @Nullable String authored,
        @Group @Describe("How many answers there are.") Integer answers,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {}

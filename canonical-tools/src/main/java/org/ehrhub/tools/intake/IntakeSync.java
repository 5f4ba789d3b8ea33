package org.ehrhub.tools.intake;

import java.util.List;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.WriteInput;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit;
import org.jspecify.annotations.Nullable;

/** The input of {@code intake.sync}. */
@Describe(
        title = "Take in a patient",
        value =
                "Finds or registers a patient, records insurance, books the time and stores the answers, as one. When a step fails the steps before it are taken back, and the answer says what stands. AMBIGUOUS_MATCH when several patients fit. It needs a person's approval.",
        example =
                "{\"ehr\":\"stmarys\",\"patient\":{\"family\":\"Zebrowski\",\"given\":[\"Nadia\"],\"birthDate\":\"1984-05-17\",\"gender\":\"female\"},\"coverage\":{\"memberId\":\"M12345678\",\"payerName\":\"Example Health Plan\"}}",
        errors = {ErrorCode.AMBIGUOUS_MATCH})
public record IntakeSync(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe("Who comes.") PatientPart patient,
        @Describe("Who pays.") @Nullable CoveragePart coverage,

        @Describe("The time to book, as slot.search returned it in this EHR.") @Nullable
        SlotRef slotRef,

        @Describe(value = "Why the patient comes.", maxLength = 500) @Nullable
        String reason,

        @Describe("What the patient answered.") @Nullable QuestionnairePart questionnaire,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements EhrInput, WriteInput {
    /** Checks the arguments. */
    public IntakeSync {
        Arguments.ehr(ehr);
        Arguments.text(reason, "reason", 500);
        Arguments.keys(idempotencyKey, approvalId);
        if (slotRef != null && !slotRef.ehr().equals(ehr)) {
            throw new InvalidArgument("slotRef", "must be of the same EHR");
        }
    }

    /** Who comes: found by these, or registered with them. */
    public record PatientPart(
            @Describe(value = "Family name.", maxLength = 100)
            String family,

            @Describe("Given names, in order.") List<String> given,

            @Describe(value = "YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
            String birthDate,

            @Describe(
                    value = "Administrative gender.",
                    oneOf = {"male", "female", "other", "unknown"})
            String gender,

            @Describe(
                    value = "Medical record number, system|value; finds the patient before the name does.",
                    maxLength = 200)
            @Nullable
            String mrn,

            @Describe(value = "Phone number.", maxLength = 40) @Nullable
            String phone,

            @Describe(value = "Mail address.", maxLength = 200) @Nullable
            String email) {}

    /** Who pays. */
    public record CoveragePart(
            @Describe(value = "The member id.", maxLength = 100)
            String memberId,

            @Describe(value = "Who pays, in words.", maxLength = 200)
            String payerName,

            @Describe(value = "The plan.", maxLength = 200) @Nullable
            String plan,

            @Describe(value = "The group.", maxLength = 200) @Nullable
            String group) {}

    /** What the patient answered. */
    public record QuestionnairePart(
            @Describe(value = "Canonical URL of the questionnaire.", maxLength = 300)
            String questionnaire,

            @Describe("The answers.") List<QuestionnaireSubmit.Answer> answers) {}
}

package org.ehrhub.tools.questionnaires;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code questionnaire.submit}. */
@Describe(
        title = "Submit answers to a questionnaire",
        value =
                "Stores a patient's answers to a questionnaire that the EHR knows. Give the answers as the patient gave them.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"questionnaire\":\"https://stmarys.example/fhir/Questionnaire/intake\",\"answers\":[{\"linkId\":\"reason\",\"text\":\"Yearly check-up\"}]}")
public record QuestionnaireSubmit(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Canonical URL of the questionnaire.", maxLength = 300)
        String questionnaire,

        @Describe("The answers.") List<Answer> answers,

        @Describe("When they were given, with offset; now unless given.") @Nullable
        OffsetDateTime authored,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public QuestionnaireSubmit {
        patient.of("Patient", "patient");
        Arguments.text(questionnaire, "questionnaire", 300);
        answers = List.copyOf(answers);
        Arguments.time(authored, "authored");
        Arguments.count(answers, "answers", 1, 200);
        Arguments.keys(idempotencyKey, approvalId);
    }

    /** One answer; exactly one of its values is given. */
    public record Answer(
            @Describe(value = "The question's linkId.", maxLength = 200)
            String linkId,

            @Describe(value = "Words.", maxLength = 4000) @Nullable
            String text,

            @Describe("Yes or no.") @Nullable Boolean yes,
            @Describe("A number.") @Nullable BigDecimal number,

            @Describe(value = "A date, YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") @Nullable
            String date,

            @Describe(value = "A choice, system|code.", maxLength = 200) @Nullable
            String code) {
        /** Checks that there is exactly one value. */
        public Answer {
            Arguments.text(linkId, "answers", 200);
            Arguments.paragraphs(text, "answers", 4000);
            Arguments.date(date, "answers");
            Arguments.code(code, "answers");
            if (Stream.of(text, yes, number, date, code)
                            .filter(Objects::nonNull)
                            .count()
                    != 1) {
                throw new InvalidArgument("answers", "must each have exactly one of text, yes, number, date or code");
            }
        }
    }
}

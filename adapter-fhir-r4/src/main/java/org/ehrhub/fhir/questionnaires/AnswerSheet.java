package org.ehrhub.fhir.questionnaires;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit.Answer;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/** A caller's flat answers in the order and nesting of the questionnaire, as a response must have them. */
final class AnswerSheet {
    private static final String READ_IT = "Answer the questions of this questionnaire by their linkId.";

    private final Map<String, QuestionnaireItemComponent> questions = new HashMap<>();
    private final Map<String, List<Type>> values = new LinkedHashMap<>();

    /**
     * Answers to these questions.
     *
     * @throws EhrFailure {@code INVALID_INPUT} naming the first answer that no question asks for
     */
    AnswerSheet(List<QuestionnaireItemComponent> items, List<Answer> answers) {
        items.forEach(this::know);
        for (int at = 0; at < answers.size(); at++) {
            take(answers.get(at), "answers[" + at + "]");
        }
    }

    /** The items of the response. */
    List<QuestionnaireResponseItemComponent> filled(List<QuestionnaireItemComponent> items) {
        var filled = new ArrayList<QuestionnaireResponseItemComponent>();
        for (var item : items) {
            var one = new QuestionnaireResponseItemComponent().setLinkId(item.getLinkId());
            one.setText(item.getText());
            var below = filled(item.getItem());
            var given = values.getOrDefault(item.getLinkId(), List.of());
            given.forEach(value -> one.addAnswer().setValue(value));
            if (!below.isEmpty()) {
                under(item, one, below);
            }
            if (!given.isEmpty() || !below.isEmpty()) {
                filled.add(one);
            }
        }
        return filled;
    }

    /** Whether a question that must be answered is not; one that is asked only in some cases need not be. */
    boolean lacks(List<QuestionnaireItemComponent> items) {
        return items.stream().filter(item -> !item.hasEnableWhen()).anyMatch(item -> {
            boolean answered = isAnswered(item);
            return (item.getRequired() && !answered && item.getType() != QuestionnaireItemType.DISPLAY)
                    || (answered && lacks(item.getItem()));
        });
    }

    private boolean isAnswered(QuestionnaireItemComponent item) {
        return values.containsKey(item.getLinkId()) || item.getItem().stream().anyMatch(this::isAnswered);
    }

    private static void under(
            QuestionnaireItemComponent item,
            QuestionnaireResponseItemComponent one,
            List<QuestionnaireResponseItemComponent> below) {
        if (item.getType() == QuestionnaireItemType.GROUP) {
            one.setItem(below);
        } else if (one.hasAnswer()) {
            one.getAnswerFirstRep().setItem(below);
        } else {
            throw Refusal.invalid("answers", "hold one to a question below another that has none.", READ_IT);
        }
    }

    private void know(QuestionnaireItemComponent item) {
        questions.put(item.getLinkId(), item);
        item.getItem().forEach(this::know);
    }

    private void take(Answer answer, String argument) {
        var question = questions.get(answer.linkId());
        if (question == null || !question.hasType()) {
            throw Refusal.invalid(argument, "has a linkId that the questionnaire does not have.", READ_IT);
        }
        var given = values.computeIfAbsent(answer.linkId(), linkId -> new ArrayList<>());
        if (!given.isEmpty() && !question.getRepeats()) {
            throw Refusal.invalid(argument, "is a second answer to a question that takes one.", READ_IT);
        }
        given.add(new AnswerValue(question, answer, argument).value());
    }
}

package org.ehrhub.fhir.questionnaires;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.writing.Codes;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit.Answer;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemAnswerOptionComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * One answer as the kind of value that its question asks for (FHIR R4, Questionnaire.item.type).
 *
 * @param question what is asked
 * @param answer what the patient said
 * @param argument the name of the answer in the call
 */
record AnswerValue(QuestionnaireItemComponent question, Answer answer, String argument) {
    private static final String UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?");

    /**
     * The value.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when the question does not ask for this; {@code UNSUPPORTED} when it asks for
     *     a file or a record
     */
    Type value() {
        return switch (question.getType()) {
            case BOOLEAN -> new BooleanType(given(answer.yes(), "yes"));
            case DECIMAL -> new DecimalType(given(answer.number(), "number"));
            case INTEGER -> integer();
            case QUANTITY -> quantity();
            case DATE -> new DateType(given(answer.date(), "date"));
            case DATETIME -> new DateTimeType(given(answer.date(), "date"));
            case TIME -> time();
            case STRING, TEXT -> new StringType(text());
            case URL -> new UriType(text());
            case CHOICE, OPENCHOICE -> choice();
            case GROUP, DISPLAY -> throw invalid("is for an item that asks nothing.");
            default ->
                throw new EhrFailure(
                        ErrorCode.UNSUPPORTED,
                        "The questionnaire asks for a file or a record there, which the hub cannot store.",
                        "Answer that question in the EHR itself.");
        };
    }

    private String text() {
        var text = given(answer.text(), "text");
        if (question.hasMaxLength() && text.length() > question.getMaxLength()) {
            throw invalid("is longer than the question allows.");
        }
        return text;
    }

    private Type integer() {
        try {
            return new IntegerType(given(answer.number(), "number").intValueExact());
        } catch (ArithmeticException e) {
            throw invalid("must be a whole number.");
        }
    }

    private Type quantity() {
        var quantity = new Quantity().setValue(given(answer.number(), "number"));
        if (question.getExtensionByUrl(UNIT) != null
                && question.getExtensionByUrl(UNIT).getValue() instanceof Coding unit) {
            quantity.setSystem(unit.getSystem())
                    .setCode(unit.getCode())
                    .setUnit(unit.hasDisplay() ? unit.getDisplay() : unit.getCode());
        }
        return quantity;
    }

    private Type time() {
        var text = given(answer.text(), "text");
        if (!TIME.matcher(text).matches()) {
            throw invalid("must be a time, HH:MM.");
        }
        return new TimeType(text.length() == 5 ? text + ":00" : text);
    }

    /** One of the question's options; where it lists none, a code with its system, since the hub cannot look it up. */
    private Type choice() {
        if (question.getAnswerOption().isEmpty() && answer.code() != null) {
            return Codes.coding(answer.code(), argument);
        }
        for (var option : question.getAnswerOption()) {
            if (isMeant(option)) {
                return option.getValue().copy();
            }
        }
        if (question.getType() == QuestionnaireItemType.OPENCHOICE && answer.text() != null) {
            return new StringType(text());
        }
        throw invalid("is none of the question's options.");
    }

    private boolean isMeant(QuestionnaireItemAnswerOptionComponent option) {
        return switch (option.getValue()) {
            case Coding coding ->
                answer.code() != null
                        && CodeToken.parse(answer.code(), argument).fits(coding.getSystem(), coding.getCode());
            case IntegerType number ->
                answer.number() != null && answer.number().compareTo(new BigDecimal(number.getValue())) == 0;
            case DateType date -> date.getValueAsString().equals(answer.date());
            case null -> false;
            default ->
                option.getValue().isPrimitive()
                        && option.getValue().primitiveValue().equals(answer.text());
        };
    }

    private <T> T given(@Nullable T value, String kind) {
        if (value == null) {
            throw invalid("must be given as " + kind + ".");
        }
        return value;
    }

    private EhrFailure invalid(String problem) {
        return Refusal.invalid(argument, problem, "Answer each question with the kind of value it asks for.");
    }
}

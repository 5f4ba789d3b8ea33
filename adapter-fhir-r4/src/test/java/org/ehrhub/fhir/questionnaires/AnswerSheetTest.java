package org.ehrhub.fhir.questionnaires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.questionnaires.QuestionnaireSubmit.Answer;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerSheetTest {
    private final Questionnaire form = new Questionnaire();

    @Test
    void keepsTheOrderAndNestingOfTheQuestionnaire() {
        var group = item("group", QuestionnaireItemType.GROUP).setText("About you");
        group.addItem()
                .setLinkId("smoker")
                .setType(QuestionnaireItemType.BOOLEAN)
                .addItem()
                .setLinkId("packs")
                .setType(QuestionnaireItemType.DECIMAL);
        item("since", QuestionnaireItemType.DATE);

        var filled = filled(date("since", "2020-01-02"), number("packs", "1.50"), yes("smoker"));

        assertThat(filled).extracting("linkId").containsExactly("group", "since");
        var smoker = filled.getFirst().getItemFirstRep();
        assertThat(smoker.getAnswerFirstRep().getValue().primitiveValue()).isEqualTo("true");
        var packs = smoker.getAnswerFirstRep().getItemFirstRep();
        assertThat(packs.getLinkId()).isEqualTo("packs");
        assertThat(packs.getAnswerFirstRep().getValue().primitiveValue()).isEqualTo("1.50");
        assertThat(filled.getFirst().getText()).isEqualTo("About you");
    }

    @Test
    void refusesAnAnswerToAQuestionThatIsNotThere() {
        item("known", QuestionnaireItemType.STRING);

        refused("`answers[1]`", text("known", "a"), text("unknown", "b"));
    }

    @Test
    void refusesASecondAnswerUnlessTheQuestionRepeats() {
        item("one", QuestionnaireItemType.STRING);
        item("many", QuestionnaireItemType.STRING).setRepeats(true);

        assertThat(filled(text("many", "a"), text("many", "b")).getFirst().getAnswer())
                .hasSize(2);
        refused("`answers[1]`", text("one", "a"), text("one", "b"));
    }

    @Test
    void refusesAnAnswerBelowAQuestionThatHasNone() {
        item("above", QuestionnaireItemType.BOOLEAN)
                .addItem()
                .setLinkId("below")
                .setType(QuestionnaireItemType.STRING);

        refused("`answers`", text("below", "a"));
    }

    @ParameterizedTest
    @EnumSource(
            value = QuestionnaireItemType.class,
            names = {
                "BOOLEAN",
                "DECIMAL",
                "INTEGER",
                "QUANTITY",
                "DATE",
                "DATETIME",
                "TIME",
                "CHOICE",
                "GROUP",
                "DISPLAY"
            })
    void refusesWordsWhereSomethingElseIsAsked(QuestionnaireItemType type) {
        item("q", type);

        refused("`answers[0]`", text("q", "words"));
    }

    @ParameterizedTest
    @EnumSource(
            value = QuestionnaireItemType.class,
            names = {"STRING", "TEXT", "URL", "DATE", "TIME", "BOOLEAN", "CHOICE", "OPENCHOICE"})
    void refusesANumberWhereSomethingElseIsAsked(QuestionnaireItemType type) {
        item("q", type);

        refused("`answers[0]`", number("q", "1"));
    }

    @Test
    void refusesAFractionWhereAWholeNumberIsAsked() {
        item("q", QuestionnaireItemType.INTEGER);

        assertThat(value(number("q", "2.0"))).isEqualTo("2");
        refused("`answers[0]`", number("q", "2.5"));
    }

    @Test
    void refusesWordsThatAreLongerThanTheQuestionAllows() {
        item("q", QuestionnaireItemType.STRING).setMaxLength(3);

        assertThat(value(text("q", "abc"))).isEqualTo("abc");
        refused("`answers[0]`", text("q", "abcd"));
    }

    @Test
    void takesOnlyWhatAChoiceOffers() {
        var choice = item("q", QuestionnaireItemType.CHOICE);
        choice.addAnswerOption().setValue(new Coding("http://loinc.org", "LA6568-5", "Not at all"));
        choice.addAnswerOption().setValue(new StringType("Often"));
        choice.addAnswerOption().setValue(new IntegerType(3));

        var coding = (Coding) filled(code("q", "loinc|LA6568-5"))
                .getFirst()
                .getAnswerFirstRep()
                .getValue();
        assertThat(coding.getDisplay()).isEqualTo("Not at all");
        assertThat(value(text("q", "Often"))).isEqualTo("Often");
        assertThat(value(number("q", "3"))).isEqualTo("3");
        refused("`answers[0]`", code("q", "loinc|LA9999-9"));
        refused("`answers[0]`", text("q", "Seldom"));
    }

    @Test
    void takesWordsWhereAChoiceIsOpen() {
        item("q", QuestionnaireItemType.OPENCHOICE).addAnswerOption().setValue(new StringType("Often"));

        assertThat(value(text("q", "Once a year"))).isEqualTo("Once a year");
    }

    @Test
    void wantsTheSystemOfACodeThatItCannotLookUp() {
        item("q", QuestionnaireItemType.CHOICE).setAnswerValueSet("http://example.org/vs");

        assertThat(((Coding) filled(code("q", "snomed|1"))
                                .getFirst()
                                .getAnswerFirstRep()
                                .getValue())
                        .getSystem())
                .isEqualTo("http://snomed.info/sct");
        refused("`answers[0]`", code("q", "1"));
    }

    @Test
    void givesAQuantityTheUnitOfTheQuestion() {
        item("q", QuestionnaireItemType.QUANTITY)
                .addExtension(
                        "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
                        new Coding("http://unitsofmeasure.org", "kg", "kilo"));

        var quantity = (Quantity)
                filled(number("q", "70.5")).getFirst().getAnswerFirstRep().getValue();
        assertThat(quantity.getCode()).isEqualTo("kg");
        assertThat(quantity.getUnit()).isEqualTo("kilo");
    }

    @Test
    void cannotStoreAFile() {
        item("q", QuestionnaireItemType.ATTACHMENT);

        assertThatExceptionOfType(EhrFailure.class)
                .isThrownBy(() -> filled(text("q", "a")))
                .extracting(EhrFailure::code)
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void saysWhetherAnAnswerIsLacking() {
        item("must", QuestionnaireItemType.STRING).setRequired(true);
        item("sometimes", QuestionnaireItemType.STRING)
                .setRequired(true)
                .addEnableWhen()
                .setQuestion("must");
        var group = item("group", QuestionnaireItemType.GROUP);
        group.addItem()
                .setLinkId("inGroup")
                .setType(QuestionnaireItemType.STRING)
                .setRequired(true);
        group.addItem().setLinkId("alsoInGroup").setType(QuestionnaireItemType.STRING);

        assertThat(lacks(text("must", "a"))).isFalse();
        assertThat(lacks(text("sometimes", "a"))).isTrue();
        assertThat(lacks(text("must", "a"), text("alsoInGroup", "b"))).isTrue();
    }

    private QuestionnaireItemComponent item(String linkId, QuestionnaireItemType type) {
        return form.addItem().setLinkId(linkId).setType(type);
    }

    private List<QuestionnaireResponse.QuestionnaireResponseItemComponent> filled(Answer... answers) {
        return new AnswerSheet(form.getItem(), List.of(answers)).filled(form.getItem());
    }

    private boolean lacks(Answer... answers) {
        return new AnswerSheet(form.getItem(), List.of(answers)).lacks(form.getItem());
    }

    private String value(Answer answer) {
        return filled(answer).getFirst().getAnswerFirstRep().getValue().primitiveValue();
    }

    private void refused(String argument, Answer... answers) {
        assertThatExceptionOfType(EhrFailure.class)
                .isThrownBy(() -> filled(answers))
                .withMessageContaining(argument)
                .extracting(EhrFailure::code)
                .isEqualTo(ErrorCode.INVALID_INPUT);
    }

    private static Answer text(String linkId, String text) {
        return new Answer(linkId, text, null, null, null, null);
    }

    private static Answer yes(String linkId) {
        return new Answer(linkId, null, true, null, null, null);
    }

    private static Answer number(String linkId, String number) {
        return new Answer(linkId, null, null, new BigDecimal(number), null, null);
    }

    private static Answer date(String linkId, String date) {
        return new Answer(linkId, null, null, null, date, null);
    }

    private static Answer code(String linkId, String code) {
        return new Answer(linkId, null, null, null, null, code);
    }
}

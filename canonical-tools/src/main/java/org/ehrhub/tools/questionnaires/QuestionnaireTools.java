package org.ehrhub.tools.questionnaires;

import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about questionnaires. */
public final class QuestionnaireTools {
    /** Stores answers. */
    public static final Write<QuestionnaireSubmit, QuestionnaireAnswers> SUBMIT = new Write<>(
            "questionnaire.submit", QuestionnaireSubmit.class, QuestionnaireAnswers.class, Risk.REVERSIBLE_WRITE);

    private QuestionnaireTools() {}
}

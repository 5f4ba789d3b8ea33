package org.ehrhub.fhir.questionnaires;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.questionnaires.QuestionnaireTools;

/** The tool about questionnaires. */
public final class QuestionnaireHandlers {
    private QuestionnaireHandlers() {}

    /** Registers it. */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onWrite(
                QuestionnaireTools.SUBMIT,
                new Creation<>(server, new AnswerSubmission(server)),
                Needs.create("QuestionnaireResponse")
                        .and(Needs.read("QuestionnaireResponse"))
                        .and(Needs.search("Questionnaire")),
                Feature.WRITE_KEY_STORED);
    }
}
